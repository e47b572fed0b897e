// lib/Driver/DiffJson.cpp: a difference for machines: JSON and SARIF 2.1.0.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Driver/Diff.h"

#include "lib/Diag/Columns.h"
#include "lib/Diag/Render.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

namespace srt {

static std::string utf8(llvm::StringRef text) {
  return llvm::json::fixUTF8(text);
}

static void writeDecider(llvm::json::OStream &json, llvm::StringRef key,
                         const Decider &decider, const ir::Policy &policy,
                         const Sources &sources) {
  json.attributeObject(key, [&] {
    json.attribute("verdict", ir::spelling(decider.effect));
    if (!decider.rule)
      return;
    json.attribute("rule", ir::ruleName(*decider.rule));
    const ir::Rule &rule = policy.rule(*decider.rule);
    if (rule.range.isNowhere() || rule.origin == ir::Rule::Origin::Implied)
      return;
    json.attribute("file", utf8(sources.name(rule.range.file)));
    json.attribute("line", rule.range.line);
    json.attribute("column", rule.range.column);
  });
}

static void writeRegion(llvm::json::OStream &json, const Diff &diff,
                        const DiffRegion &region, const Sources &sources) {
  json.object([&] {
    json.attribute("pattern", utf8(region.region.pattern));
    json.attributeArray("excepts", [&] {
      for (const std::string &except : region.region.excepts)
        json.value(utf8(except));
    });
    json.attribute("part", region.region.isPart);
    json.attribute("event", utf8(region.event));
    json.attribute("binding", utf8(region.region.witness.binding));
    writeDecider(json, "before", region.before, *diff.before, sources);
    writeDecider(json, "after", region.after, *diff.after, sources);
  });
}

static void writeChange(llvm::json::OStream &json, const Diff &diff,
                        const DiffChange &change, const Sources &sources) {
  json.object([&] {
    json.attribute("from", ir::spelling(change.change.from));
    json.attribute("to", ir::spelling(change.change.to));
    json.attributeArray("actions", [&] {
      for (const std::string &action : change.actions)
        json.value(action);
    });
    json.attributeArray("regions", [&] {
      for (const DiffRegion &region : change.regions)
        writeRegion(json, diff, region, sources);
    });
    json.attribute("more", change.change.hasMore);
  });
}

void writeDiffJson(llvm::raw_ostream &out, const Diff &diff,
                   const Sources &sources) {
  llvm::json::OStream json(out, 2);
  json.object([&] {
    json.attribute("result", summaryOf(diff));
    json.attribute("complete", !diff.isIncomplete);
    json.attributeArray("changes", [&] {
      for (const DiffChange &change : diff.changes)
        writeChange(json, diff, change, sources);
    });
    json.attributeArray("settings", [&] {
      for (const SettingChange &setting : diff.settings)
        json.object([&] {
          json.attribute("text", utf8(setting.text));
          json.attribute("new", setting.isNew);
          json.attribute("widens", setting.kind == SettingChange::Kind::Widened);
        });
    });
  });
  out << '\n';
}

/// The place that a reviewer should look at: the rule that decides now, or
/// where nothing does, the rule that decided before.
static SourceRange placeOf(const Diff &diff, const DiffRegion &region) {
  if (region.after.rule)
    return diff.after->rule(*region.after.rule).range;
  if (region.before.rule)
    return diff.before->rule(*region.before.rule).range;
  return {};
}

static void writeSarifPlace(llvm::json::OStream &json, SourceRange place,
                            const Sources &sources) {
  SourceRange range = inUtf16(sources, place);
  json.attributeArray("locations", [&] {
    if (range.isNowhere())
      return;
    json.object([&] {
      json.attributeObject("physicalLocation", [&] {
        json.attributeObject("artifactLocation", [&] {
          json.attribute("uri", sarifUri(sources.name(range.file)));
        });
        json.attributeObject("region", [&] {
          json.attribute("startLine", range.line);
          json.attribute("startColumn", range.column);
          json.attribute("endLine", range.endLine);
          json.attribute("endColumn", range.endColumn);
        });
      });
    });
  });
}

static void writeSarifResult(llvm::json::OStream &json, const Diff &diff,
                             const DiffChange &change, const DiffRegion &region,
                             const Sources &sources) {
  bool isWidened = widens(change.change.from, change.change.to);
  std::string text = llvm::join(change.actions, ", ") + " " +
                     regionText(region.region) + ": was " +
                     ir::spelling(change.change.from).str() + ", is now " +
                     ir::spelling(change.change.to).str() + " (for example " +
                     region.event + ")";
  json.object([&] {
    json.attribute("ruleId", isWidened ? "policy-widened" : "policy-narrowed");
    json.attribute("level", isWidened ? "warning" : "note");
    json.attributeObject("message", [&] { json.attribute("text", utf8(text)); });
    writeSarifPlace(json, placeOf(diff, region), sources);
  });
}

static void writeSarifRun(llvm::json::OStream &json, const Diff &diff,
                          const Sources &sources) {
  json.attributeObject("tool", [&] {
    json.attributeObject("driver", [&] {
      json.attribute("name", "srtc");
      json.attribute("version", SRT_VERSION_TEXT);
      json.attributeArray("rules", [&] {
        for (llvm::StringRef id : {"policy-widened", "policy-narrowed"})
          json.object([&] { json.attribute("id", id); });
      });
    });
  });
  json.attribute("columnKind", "utf16CodeUnits");
  json.attributeArray("results", [&] {
    for (const DiffChange &change : diff.changes)
      for (const DiffRegion &region : change.regions)
        writeSarifResult(json, diff, change, region, sources);
  });
}

void writeDiffSarif(llvm::raw_ostream &out, const Diff &diff,
                    const Sources &sources) {
  llvm::json::OStream json(out, 2);
  json.object([&] {
    json.attribute("version", "2.1.0");
    json.attribute("$schema",
                   "https://json.schemastore.org/sarif-2.1.0.json");
    json.attributeArray("runs", [&] {
      json.object([&] { writeSarifRun(json, diff, sources); });
    });
  });
  out << '\n';
}

} // namespace srt
