// runtime/broker/Listener.cpp: notifications and the answers to them.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: SECCOMP_USER_NOTIF_FLAG_CONTINUE is sent by letGoOn alone, for
// execve, which is judged again, and for calls that receive, of which nothing is
// judged. The kernel will then read the arguments again, and the caller may have
// changed them since (Documentation/userspace-api/seccomp_filter.rst, v6.12,
// "Userspace Notification").
#include "Broker.h"

namespace srt::broker {

/// struct seccomp_notif_resp, include/uapi/linux/seccomp.h (v6.12).
struct Response {
  uint64_t id;
  int64_t value;
  int32_t error;
  uint32_t flags;
};
static_assert(sizeof(Response) == 24);

/// struct seccomp_notif_addfd, the same file.
struct AddDescriptor {
  uint64_t id;
  uint32_t flags, source, target, targetFlags;
};
static_assert(sizeof(AddDescriptor) == 24);

// SECCOMP_IOCTL_NOTIF_RECV, _SEND, _ID_VALID and _ADDFD, the same file.
static constexpr long kReceive = 0xc0502100, kSend = 0xc0182101,
                      kIdValid = 0x40082102, kAddDescriptor = 0x40182103;

bool receive(const Broker &broker, Call &call) {
  // The kernel demands zeros (kernel/seccomp.c:seccomp_notify_recv, v6.12).
  call = {};
  // ENOENT: the caller died between poll(2) and this.
  return sys::ioctl(broker.listener, kReceive, &call) == 0;
}

bool isWaiting(const Broker &broker, uint64_t id) {
  return sys::ioctl(broker.listener, kIdValid, &id) == 0;
}

void answer(const Broker &broker, uint64_t id, long result) {
  Response response = {id, 0, 0, 0};
  if (result < 0)
    response.error = int32_t(result);
  else
    response.value = result;
  // Fails only if the caller has gone, which then needs no answer.
  sys::ioctl(broker.listener, kSend, &response);
}

void letGoOn(const Broker &broker, uint64_t id) {
  constexpr uint32_t kContinue = 1; // SECCOMP_USER_NOTIF_FLAG_CONTINUE
  Response response = {id, 0, 0, kContinue};
  sys::ioctl(broker.listener, kSend, &response);
}

void answerDescriptor(const Broker &broker, uint64_t id, long fd,
                      long newFlags) {
  constexpr uint32_t kAndSend = 2; // SECCOMP_ADDFD_FLAG_SEND
  AddDescriptor add = {id, kAndSend, uint32_t(fd), 0, uint32_t(newFlags)};
  long result = sys::ioctl(broker.listener, kAddDescriptor, &add);
  // EMFILE and the like are the answer; nothing was sent.
  if (result < 0 && result != -ENOENT)
    answer(broker, id, result);
}

void answerInSteps(const Broker &broker, uint64_t id, long fd, long newFlags) {
  AddDescriptor add = {id, 0, uint32_t(fd), 0, uint32_t(newFlags)};
  answer(broker, id, sys::ioctl(broker.listener, kAddDescriptor, &add));
}

} // namespace srt::broker
