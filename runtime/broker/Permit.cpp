// runtime/broker/Permit.cpp: a question to the rules, and a report of a no.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: permitted only if every action that is asked for, and that the
// broker is there for, is, or if somebody says so where a rule is `ask`. The
// others are Landlock's: the broker is in the same domain as the command.
#include "Inquiries.h"

namespace srt::broker {

/// Asks about one action after the other.
static long inquireAll(const Broker &broker, const Call &call, Text path,
                       uint32_t actions, long error) {
  long result = 0;
  for (; result == 0 && actions != 0; actions &= actions - 1) {
    uint32_t first = actions & -actions;
    Denial matter = {actionName(first), path.size == 0 ? Text("/") : path,
                     false, decidingRule(broker, path, first),
                     callName(call.number), call.tid};
    result = inquire(broker, call, matter, error);
  }
  return result;
}

/// Judges what the broker is there for.
static long judge(const Broker &broker, const Call &call, Text path,
                  uint32_t needed, long error) {
  Outcome outcome = outcomeOf(broker, path);
  uint32_t missing = needed & ~outcome.permitted();
  uint32_t refused = missing & ~outcome.questioned();
  if (refused == 0)
    return missing == 0 ? 0 : inquireAll(broker, call, path, missing, error);
  uint32_t first = refused & -refused;
  uint32_t rule = decidingRule(broker, path, first);
  reportDenial(broker, call, path, first, rule);
  return error;
}

long permit(const Broker &broker, const Call &call, Text path, uint32_t needed,
            long error) {
  long result = judge(broker, call, path, needed & broker.actions(), error);
  if (result == 0)
    recordPath(broker, call, path, needed);
  return result;
}

long refuseMove(const Broker &broker, const Call &call, Text path,
                uint32_t action, long error) {
  reportDenial(broker, call, path, action, kElsewhere);
  return error;
}

long permit(const Broker &broker, const Call &call, const Object &object,
            uint32_t needed, long error) {
  if (!object.hasPath)
    return 0;
  return permit(broker, call, object.path.text(), needed, error);
}

} // namespace srt::broker
