// lib/Driver/ExplainEvent.cpp: the rules around one event.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Driver/ExplainEvent.h"

#include "lib/Driver/EventStatement.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt {

namespace {
class EventExplainer {
public:
  EventExplainer(const ir::Policy &policy, const sim::Bindings &bindings,
                 const sim::Event &event)
      : policy(policy), bindings(bindings), event(event) {}
  EventExplanation run();

private:
  bool speaksOf(const ir::Rule &rule) const;
  bool matches(const ir::Rule &rule) const;
  bool isSameKind(const ir::Rule &rule) const;
  void addOthers();
  void addNearest();
  void addChanges();
  std::string statement(ir::Effect effect) const {
    return statementFor(policy, bindings, effect, event);
  }

  const ir::Policy &policy;
  const sim::Bindings &bindings;
  const sim::Event &event;
  EventExplanation found;
};
} // namespace

bool EventExplainer::speaksOf(const ir::Rule &rule) const {
  return llvm::any_of(rule.actions, [&](ir::ActionId outer) {
    return ir::covers(outer, event.action);
  });
}

bool EventExplainer::isSameKind(const ir::Rule &rule) const {
  return ir::resource(rule.actions.front()) == ir::resource(event.action);
}

bool EventExplainer::matches(const ir::Rule &rule) const {
  return speaksOf(rule) && sim::matchesResource(rule, bindings, event);
}

/// Why a rule that matched did not decide.
static std::string whyLost(ir::Effect own, ir::Effect winner) {
  if (own == winner)
    return "says the same, but stands later";
  return "lost: " + ir::spelling(winner).str() + " beats " +
         ir::spelling(own).str();
}

void EventExplainer::addOthers() {
  for (uint32_t i = 0; i < policy.rules.size(); ++i) {
    const ir::Rule &rule = policy.rules[i];
    if (found.verdict.rule == ir::RuleId{i} || !speaksOf(rule))
      continue;
    if (matches(rule)) {
      found.others.push_back({{i}, whyLost(rule.effect, found.verdict.effect)});
      continue;
    }
    ir::Rule uncut = rule;
    uncut.excepts.clear();
    if (matches(uncut))
      found.others.push_back({{i}, "does not match: its `except` does"});
  }
}

/// An allow rule that almost matched: one on the same thing but another action,
/// or the one whose pattern has most in common with the event.
void EventExplainer::addNearest() {
  size_t best = 0;
  for (uint32_t i = 0; i < policy.rules.size(); ++i) {
    const ir::Rule &rule = policy.rules[i];
    if (rule.effect != ir::Effect::Allow || !isSameKind(rule))
      continue;
    if (!speaksOf(rule) && sim::matchesResource(rule, bindings, event)) {
      found.nearest = {{i}, "allows " + ir::spelling(rule.actions.front()).str() +
                                " of it, not " + ir::spelling(event.action).str()};
      return;
    }
    size_t shared = speaksOf(rule) ? likeness(policy, bindings, rule, event) : 0;
    if (shared > best) {
      best = shared;
      found.nearest = {{i}, "is about something near it"};
    }
  }
}

void EventExplainer::addChanges() {
  if (found.verdict.effect == ir::Effect::Allow) {
    found.changes.push_back(statement(ir::Effect::Deny));
    return;
  }
  // Every rule that stands in the way must let go, and one must allow.
  bool isAllowed = false;
  for (const ir::Rule &rule : policy.rules) {
    if (!matches(rule))
      continue;
    if (rule.effect == ir::Effect::Allow)
      isAllowed = true;
    else
      found.changes.push_back(statementWithout(policy, bindings, rule, event));
  }
  if (!isAllowed)
    found.changes.push_back(statement(ir::Effect::Allow));
}

EventExplanation EventExplainer::run() {
  found.event = event;
  found.verdict = sim::evalPolicy(policy, bindings, event);
  addOthers();
  if (!found.verdict.rule)
    addNearest();
  addChanges();
  return std::move(found);
}

EventExplanation explainEvent(const ir::Policy &policy,
                              const sim::Bindings &bindings,
                              const sim::Event &event) {
  return EventExplainer(policy, bindings, event).run();
}

} // namespace srt
