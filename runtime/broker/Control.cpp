// runtime/broker/Control.cpp: control messages on the way out.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: only what is known to leave the peer alone is passed on: a
// routing header would lead to another host (RFC 3542, section 7), a flow label
// may stand for one. Descriptors are the caller's own, as they would be without
// the broker.
#include "Messages.h"

namespace srt::broker {

static constexpr int kRights = 1, kCredentials = 2; // SCM_*, linux/socket.h
static constexpr uint64_t kHead = sizeof(sys::ControlHead);

static uint64_t padded(uint64_t size) { return (size + 7) & ~uint64_t(7); }

/// IP_TOS, IP_TTL, IP_PKTINFO; IPV6_PKTINFO, _HOPLIMIT, _DONTFRAG, _TCLASS;
/// UDP_SEGMENT; SO_TIMESTAMPING: include/uapi/linux/in.h, in6.h, udp.h.
static bool isHarmless(const sys::ControlHead &head) {
  switch (head.level) { // the kernel's numbers
  case sys::kLevelIp:
    return head.type == 1 || head.type == 2 || head.type == 8;
  case sys::kLevelIp6:
    return head.type == 50 || head.type == 52 || head.type == 62 ||
           head.type == 67;
  case sys::kLevelUdp:
    return head.type == 103;
  case sys::kLevelSocket:
    return head.type == 37;
  case sys::kLevelTls: // of what kind a record is
    return true;
  }
  return false;
}

static void add(Control &control, const sys::ControlHead &head,
                const uint8_t *data) {
  __builtin_memcpy(control.bytes + control.size, &head, kHead);
  __builtin_memcpy(control.bytes + control.size + kHead, data,
                   head.size - kHead);
  control.size += padded(head.size);
}

static long addDescriptors(const Broker &broker, const Call &call,
                           Control &control, const sys::ControlHead &head,
                           const uint8_t *data) {
  uint64_t count = (head.size - kHead) / sizeof(int32_t);
  if (count > Control::kMaxDescriptors - control.descriptorCount)
    return -EINVAL;
  int32_t numbers[Control::kMaxDescriptors];
  for (uint64_t i = 0; i < count; ++i) {
    int32_t number;
    __builtin_memcpy(&number, data + i * sizeof number, sizeof number);
    Handle &own = control.descriptors[control.descriptorCount++];
    long result = takeDescriptor(broker, call, number, own);
    if (result < 0)
      return result;
    numbers[i] = int32_t(own.number());
  }
  add(control, {kHead + count * sizeof(int32_t), sys::kLevelSocket, kRights},
      reinterpret_cast<const uint8_t *>(numbers));
  return 0;
}

static long addUnix(const Broker &broker, const Call &call, Control &control,
                    const sys::ControlHead &head, const uint8_t *data) {
  if (head.level != sys::kLevelSocket)
    return 0; // the kernel skips them too: net/core/scm.c:__scm_send, v6.12
  if (head.type == kRights)
    return addDescriptors(broker, call, control, head, data);
  // Of the caller they would be a lie of the broker's; the kernel adds the
  // broker's where the other end wants some.
  return head.type == kCredentials ? 0 : -EINVAL;
}

static long addOne(const Broker &broker, const Call &call, const Socket &socket,
                   Control &control, const sys::ControlHead &head,
                   const uint8_t *data) {
  if (socket.isUnix())
    return addUnix(broker, call, control, head, data);
  if (!isHarmless(head))
    return -EACCES;
  add(control, head, data);
  return 0;
}

long readControl(const Broker &broker, const Call &call, const Socket &socket,
                 const sys::MessageHead &user, Control &control) {
  alignas(8) uint8_t given[Control::kMost];
  if (user.controlSize == 0)
    return 0;
  if (user.controlSize > sizeof given)
    return -ENOBUFS;
  long result = readBytes(broker, call, user.control, given, user.controlSize);
  for (uint64_t at = 0; result == 0 && at + kHead <= user.controlSize;) {
    sys::ControlHead head;
    __builtin_memcpy(&head, given + at, kHead);
    if (head.size < kHead || head.size > user.controlSize - at)
      return -EINVAL;
    result = addOne(broker, call, socket, control, head, given + at + kHead);
    at += padded(head.size);
  }
  return result;
}

} // namespace srt::broker
