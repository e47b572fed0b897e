// tools/srt-sim/Report.cpp: what srt-sim prints.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-sim/Report.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

namespace srt::sim {

static void reportText(const Disagreement &one, llvm::StringRef file) {
  llvm::outs() << file;
  if (!one.range.isNowhere())
    llvm::outs() << ':' << one.range.line;
  llvm::outs() << ": " << (one.isWider ? "WIDER: " : "")
               << spelling(one.evaluator) << " says " << one.found
               << ", expected " << one.expected << ": " << one.event << '\n';
}

static void reportJson(const Disagreement &one, llvm::StringRef file) {
  llvm::json::OStream json(llvm::outs());
  json.object([&] {
    json.attribute("file", llvm::json::fixUTF8(file));
    json.attribute("line", one.range.line);
    json.attribute("evaluator", spelling(one.evaluator));
    json.attribute("event", one.event);
    json.attribute("found", llvm::json::fixUTF8(one.found));
    json.attribute("expected", one.expected);
    json.attribute("wider", one.isWider);
  });
  llvm::outs() << '\n';
}

void report(const std::vector<Disagreement> &found, llvm::StringRef file,
            Format format) {
  for (const Disagreement &one : found)
    format == Format::Json ? reportJson(one, file) : reportText(one, file);
}

void summarise(llvm::StringRef what, size_t count, size_t evaluators,
               size_t disagreements, Format format) {
  if (format == Format::Json) {
    llvm::json::OStream json(llvm::outs());
    json.object([&] {
      json.attribute("kind", what);
      json.attribute("items", int64_t(count));
      json.attribute("evaluators", int64_t(evaluators));
      json.attribute("disagreements", int64_t(disagreements));
    });
    llvm::outs() << '\n';
    return;
  }
  llvm::outs() << count << ' ' << what << " x " << evaluators
               << " evaluators: ";
  if (disagreements == 0)
    llvm::outs() << "agree\n";
  else
    llvm::outs() << disagreements << " disagreements\n";
}

void summarise(const DerivedCounts &counts, const Case &asked,
               size_t disagreements, Format format) {
  size_t evaluators =
      1 + asked.optimised.has_value() + asked.bundle.has_value();
  summarise("derived events", counts.events, evaluators, disagreements, format);
  if (format == Format::Text)
    llvm::outs() << llvm::formatv(
        "policy allows {0}; bundle denies {1} of them and permits {2} partly; "
        "{3} calls of other machines tried\n",
        counts.allowed, counts.narrower, counts.partly, counts.strangers);
}

} // namespace srt::sim
