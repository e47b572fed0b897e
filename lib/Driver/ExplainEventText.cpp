// lib/Driver/ExplainEventText.cpp: an explanation as text and as JSON.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Driver/ExplainEvent.h"

#include "lib/IR/PatternText.h"
#include "lib/Sim/EventText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

namespace srt {

/// "R3 at agent.srt:4:3, `deny read "/a"`".
static std::string ruleText(ir::RuleId id, const ir::Policy &policy,
                            const Sources &sources) {
  const ir::Rule &rule = policy.rule(id);
  std::string text = ir::ruleName(id);
  bool isImplied = rule.origin == ir::Rule::Origin::Implied;
  if (isImplied || rule.range.isNowhere())
    text += ", implied";
  else
    text += " at " + sources.name(rule.range.file).str() + ":" +
            std::to_string(rule.range.line) + ":" +
            std::to_string(rule.range.column);
  text += ", `" + ir::spelling(rule.effect).str();
  for (ir::ActionId action : rule.actions)
    text += (action == rule.actions.front() ? " " : ", ") +
            ir::spelling(action).str();
  return text + " " + ir::text(rule.patterns.front(), policy.params) +
         (rule.patterns.size() > 1 ? ", ...`" : "`");
}

static std::string reasonText(const EventExplanation &explanation,
                              const ir::Policy &policy,
                              const Sources &sources) {
  if (explanation.verdict.rule)
    return ruleText(*explanation.verdict.rule, policy, sources);
  return "no rule allows it";
}

void writeExplanation(llvm::raw_ostream &out,
                      const EventExplanation &explanation,
                      const ir::Policy &policy, const Sources &sources) {
  ir::Effect effect = explanation.verdict.effect;
  out << ir::spelling(effect) << " " << sim::eventText(explanation.event)
      << "\n  decided by: " << reasonText(explanation, policy, sources) << '\n';
  for (const RelatedRule &other : explanation.others)
    out << "  also: " << ruleText(other.rule, policy, sources) << ": "
        << other.why << '\n';
  if (explanation.nearest)
    out << "  nearest: " << ruleText(explanation.nearest->rule, policy, sources)
        << ": " << explanation.nearest->why << '\n';
  out << (effect == ir::Effect::Allow ? "  to deny it: " : "  to allow it: ")
      << llvm::join(explanation.changes, "\n      and: ") << '\n';
}

static void writeRelated(llvm::json::OStream &json, const RelatedRule &related) {
  json.object([&] {
    json.attribute("rule", ir::ruleName(related.rule));
    json.attribute("why", related.why);
  });
}

static void writePlace(llvm::json::OStream &json, const ir::Rule &rule,
                       const Sources &sources) {
  if (rule.range.isNowhere() || rule.origin == ir::Rule::Origin::Implied)
    return;
  json.attribute("file", llvm::json::fixUTF8(sources.name(rule.range.file)));
  json.attribute("line", rule.range.line);
  json.attribute("column", rule.range.column);
}

void writeExplanationJson(llvm::raw_ostream &out,
                          const EventExplanation &explanation,
                          const ir::Policy &policy, const Sources &sources) {
  llvm::json::OStream json(out);
  json.object([&] {
    json.attribute("verdict", ir::spelling(explanation.verdict.effect));
    json.attribute("event",
                   llvm::json::fixUTF8(sim::eventText(explanation.event)));
    if (std::optional<ir::RuleId> rule = explanation.verdict.rule) {
      json.attribute("rule", ir::ruleName(*rule));
      writePlace(json, policy.rule(*rule), sources);
    }
    json.attributeArray("others", [&] {
      for (const RelatedRule &other : explanation.others)
        writeRelated(json, other);
    });
    if (explanation.nearest) {
      json.attributeBegin("nearest");
      writeRelated(json, *explanation.nearest);
      json.attributeEnd();
    }
    json.attributeArray("changes", [&] {
      for (const std::string &change : explanation.changes)
        json.value(llvm::json::fixUTF8(change));
    });
  });
  out << '\n';
}

} // namespace srt
