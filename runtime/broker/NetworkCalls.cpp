// runtime/broker/NetworkCalls.cpp: which call on a socket is performed by whom.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a call that is not listed here is ENOSYS, and so is every one if
// the bundle has no srt_network.
#include "Network.h"

namespace srt::broker {

long performNetwork(Broker &broker, const Call &call, Progress progress) {
  if (!broker.view().network)
    return -ENOSYS;
  switch (call.number) {
  case __NR_connect:
    return performConnect(broker, call, progress);
  case __NR_bind:
    return performBind(broker, call);
  case __NR_listen:
    return performListen(broker, call);
  case __NR_sendto:
    return performSendTo(broker, call, progress);
  case __NR_sendmsg:
    return performSendMessage(broker, call, progress);
  case __NR_sendmmsg:
    return performSendMessages(broker, call, progress);
  case __NR_recvfrom:
    return performReceiveFrom(broker, call, progress);
  case __NR_recvmsg:
    return performReceiveMessage(broker, call, progress);
  case __NR_getpeername:
    return performPeerName(broker, call);
  }
  return -ENOSYS;
}

} // namespace srt::broker
