// runtime/broker/Permit.cpp: a question to the rules, and a report of a no.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: permitted only if every action that is asked for, and that the
// broker is there for, is. `ask` is a no as long as nobody can be asked. The
// others are Landlock's: the broker is in the same domain as the command.
#include "Broker.h"

namespace srt::broker {

long permit(const Broker &broker, const Call &call, Text path, uint32_t needed,
            long error) {
  needed &= broker.actions();
  uint32_t missing = needed & ~outcomeOf(broker, path).permitted();
  if (missing == 0)
    return 0;
  uint32_t first = missing & -missing;
  uint32_t rule = decidingRule(broker, path, first);
  reportDenial(broker, call, path, first, rule);
  return error;
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
