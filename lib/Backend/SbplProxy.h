// lib/Backend/SbplProxy.h: a policy whose hosts a proxy on localhost judges.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_BACKEND_SBPLPROXY_H
#define SRT_LIB_BACKEND_SBPLPROXY_H

#include "lib/IR/Policy.h"

namespace srt::backend {

/// The policy that a profile has to enforce where a proxy listens on `port` of
/// 127.0.0.1 and judges all hosts but the loopback. *Narrows*: TCP rules that
/// allow other hosts allow the proxy instead, UDP to other hosts is not to be
/// had, and denies of other hosts have nothing left to deny. Rules on the
/// loopback, on unix sockets and on bind stay as they are.
/// Rules keep their numbers; one that lost all its patterns matches nothing.
ir::Policy throughProxy(ir::Policy policy, uint16_t port);

/// The rules, by number, of which throughProxy() leaves something to the proxy.
std::vector<ir::RuleId> judgedByProxy(const ir::Policy &policy);

} // namespace srt::backend

#endif
