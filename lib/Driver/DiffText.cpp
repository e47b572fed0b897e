// lib/Driver/DiffText.cpp: a difference for people, plain and as Markdown.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Driver/Diff.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt {

static llvm::StringRef participle(ir::Effect effect) {
  switch (effect) {
  case ir::Effect::Allow:
    return "allowed";
  case ir::Effect::Ask:
    return "asked";
  case ir::Effect::Deny:
    return "denied";
  }
  llvm_unreachable("unknown effect");
}

/// "now allowed (was denied): read, write.data"
static std::string titleOf(const DiffChange &change) {
  return "now " + participle(change.change.to).str() + " (was " +
         participle(change.change.from).str() +
         "): " + llvm::join(change.actions, ", ");
}

static std::string witnessText(const DiffRegion &region) {
  const std::string &binding = region.region.witness.binding;
  return region.event + (binding.empty() ? "" : ", " + binding);
}

static llvm::StringRef kindText(const SettingChange &setting) {
  switch (setting.kind) {
  case SettingChange::Kind::Widened:
    return "widened";
  case SettingChange::Kind::Narrowed:
    return "narrowed";
  case SettingChange::Kind::Other:
    return "changed";
  }
  llvm_unreachable("unknown kind");
}

static void writeRegion(llvm::raw_ostream &out, const Diff &diff,
                        const DiffRegion &region, const Sources &sources) {
  out << "  " << regionText(region.region) << '\n'
      << "      for example: " << witnessText(region) << '\n'
      << "      before: " << deciderText(region.before, *diff.before, sources)
      << '\n'
      << "      after:  " << deciderText(region.after, *diff.after, sources)
      << '\n';
}

void writeDiffText(llvm::raw_ostream &out, const Diff &diff,
                   const Sources &sources) {
  out << summaryOf(diff) << '\n';
  for (const DiffChange &change : diff.changes) {
    out << '\n' << titleOf(change) << '\n';
    for (const DiffRegion &region : change.regions)
      writeRegion(out, diff, region, sources);
    if (change.change.hasMore)
      out << "  and more\n";
  }
  if (!diff.settings.empty())
    out << "\nsettings\n";
  for (const SettingChange &setting : diff.settings)
    out << "  " << (setting.isNew ? "+ " : "- ") << setting.text << " ("
        << kindText(setting) << ")\n";
  if (diff.isIncomplete)
    out << "\nThe search was given up: there may be more changes.\n";
}

/// Text between backticks, in a cell of a table.
static std::string code(llvm::StringRef text) {
  std::string out = text.contains('`') ? "`` " : "`";
  for (char each : text)
    out += each == '|' ? "\\|" : std::string(1, each);
  return out + (text.contains('`') ? " ``" : "`");
}

static void writeMarkdownRows(llvm::raw_ostream &out, const Diff &diff,
                              const DiffChange &change,
                              const Sources &sources) {
  out << "\n| what | for example | before | after |\n|---|---|---|---|\n";
  for (const DiffRegion &region : change.regions)
    out << "| " << code(regionText(region.region)) << " | "
        << code(witnessText(region)) << " | "
        << deciderText(region.before, *diff.before, sources) << " | "
        << deciderText(region.after, *diff.after, sources) << " |\n";
  if (change.change.hasMore)
    out << "\nand more\n";
}

void writeDiffMarkdown(llvm::raw_ostream &out, const Diff &diff,
                       const Sources &sources) {
  out << "## Policy " << code(diff.after->name) << ": " << summaryOf(diff)
      << '\n';
  for (const DiffChange &change : diff.changes) {
    out << "\n### " << titleOf(change) << '\n';
    writeMarkdownRows(out, diff, change, sources);
  }
  if (!diff.settings.empty())
    out << "\n### Settings\n\n";
  for (const SettingChange &setting : diff.settings)
    out << "- " << kindText(setting) << ": " << (setting.isNew ? "now " : "no longer ")
        << code(setting.text) << '\n';
  if (diff.isIncomplete)
    out << "\nThe search was given up: there may be more changes.\n";
}

} // namespace srt
