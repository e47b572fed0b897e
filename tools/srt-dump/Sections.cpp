// tools/srt-dump/Sections.cpp: reads every record of a checked bundle.
// SPDX-License-Identifier: Apache-2.0
//
// Nothing is checked again: a view exists for sound bytes only. But rights,
// limits and architectures may be newer than our tables, so numbers without a
// name show as numbers.
#include "tools/srt-dump/Sections.h"

#include "lib/Diag/Diagnostic.h"
#include "lib/IR/Policy.h"
#include "lib/Kernel/Landlock.h"
#include "tools/srt-dump/Disassemble.h"
#include "tools/srt-dump/Endpoints.h"
#include "tools/srt-dump/How.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <cstring>

namespace srt::dump {

namespace {
/// Turns records into fields. Each function reads one kind of section.
class Reader {
public:
  explicit Reader(const srt_view &view) : view(view) {}

  std::vector<Record> header() const;
  std::vector<Record> accepted() const;
  std::vector<Record> sources() const;
  std::vector<Record> params() const;
  std::vector<Record> ruleset() const;
  std::vector<Record> roots() const;
  std::vector<Record> commands() const;
  std::vector<Record> ports() const;
  std::vector<Record> programs() const;
  std::vector<Record> env() const;
  std::vector<Record> limits() const;
  std::vector<Record> forbidden() const;
  std::vector<Record> rules() const;
  std::vector<Record> mediation() const;
  std::vector<Record> anchors() const;
  std::vector<Record> states() const;
  std::vector<Record> pairs() const;
  std::vector<Record> network() const;
  std::vector<Record> endpoints() const;

private:
  std::string text(srt_string string) const;
  Field::Bytes bytes(srt_string string) const { return {text(string)}; }
  Field::Bytes place(const srt_place &place) const;
  std::string location(uint32_t rule) const;
  void addRule(Record &record, uint32_t rule) const;
  std::string moves(uint32_t row) const;
  std::string halves(uint32_t first, uint32_t count) const;

  const srt_view &view;
};

struct Named {
  llvm::StringLiteral name;
  Section::Shape shape;
  std::vector<Record> (Reader::*read)() const;
};
} // namespace

static constexpr Named kSections[] = {
    {"accepted", Section::Shape::Table, &Reader::accepted},
    {"header", Section::Shape::Single, &Reader::header},
    {"sources", Section::Shape::Table, &Reader::sources},
    {"params", Section::Shape::Table, &Reader::params},
    {"ruleset", Section::Shape::Single, &Reader::ruleset},
    {"roots", Section::Shape::Table, &Reader::roots},
    {"commands", Section::Shape::Table, &Reader::commands},
    {"ports", Section::Shape::Table, &Reader::ports},
    {"env", Section::Shape::Table, &Reader::env},
    {"limits", Section::Shape::Table, &Reader::limits},
    {"forbidden", Section::Shape::Table, &Reader::forbidden},
    {"rules", Section::Shape::Table, &Reader::rules},
    {"mediation", Section::Shape::Single, &Reader::mediation},
    {"anchors", Section::Shape::Table, &Reader::anchors},
    {"states", Section::Shape::Table, &Reader::states},
    {"pairs", Section::Shape::Table, &Reader::pairs},
    {"network", Section::Shape::Single, &Reader::network},
    {"endpoints", Section::Shape::Table, &Reader::endpoints},
    {"programs", Section::Shape::Code, &Reader::programs},
};

static std::string digestText(const uint8_t (&digest)[32]) {
  return llvm::toHex(llvm::ArrayRef(digest), /*LowerCase=*/true);
}

/// The names of the bits that are known, then the rest as a number.
static Field::Word bitsText(uint64_t bits, std::string (*names)(uint64_t),
                            uint64_t known) {
  uint64_t rest = bits & ~known;
  if (rest == 0)
    return {names(bits)};
  std::string text = bits == rest ? "" : names(bits & known) + "|";
  return {text + "0x" + llvm::utohexstr(rest, /*LowerCase=*/true)};
}

static Field::Word fsText(uint64_t rights) {
  return bitsText(rights, kernel::fsRightsText,
                  kernel::fsRightsOf(kernel::newestAbi()));
}

static Field::Word netText(uint64_t rights) {
  return bitsText(rights, kernel::netRightsText,
                  kernel::netRightsOf(kernel::newestAbi()));
}

static Field::Word scopedText(uint64_t scopes) {
  return bitsText(scopes, kernel::scopesText,
                  kernel::scopesOf(kernel::newestAbi()));
}

std::string Reader::text(srt_string string) const {
  return {view.strings + string.offset, string.size};
}

/// `/usr`, `${home}`, `${home}/.ssh`.
Field::Bytes Reader::place(const srt_place &place) const {
  std::string path = text(place.path);
  if (place.base == SRT_NONE)
    return {path};
  return {"${" + text(view.params[place.base].name) + "}" +
          (path.empty() ? "" : "/") + path};
}

/// `agent.srt:3:9`, or `implied`.
std::string Reader::location(uint32_t index) const {
  const srt_rule &rule = view.rules[index];
  if (rule.line == 0)
    return "implied";
  return shown(text(rule.file), SRT_MAX_STRING) + ":" +
         std::to_string(rule.line) + ":" + std::to_string(rule.column);
}

void Reader::addRule(Record &record, uint32_t rule) const {
  record.fields.push_back({"rule", Field::Word{ir::ruleName({rule})}});
  record.fields.push_back({"at", Field::Word{location(rule)}});
}

/// The checker takes no other flags.
static std::string flagsText(uint32_t flags) {
  std::string text = flags & SRT_FLAG_KEYS_CLOSED ? "keys-closed" : "";
  if (flags & SRT_FLAG_LOG_DENIALS)
    text += text.empty() ? "log-denials" : "|log-denials";
  return text.empty() ? "none" : text;
}

std::vector<Record> Reader::header() const {
  const srt_header &header = *view.header;
  Record record;
  auto add = [&](llvm::StringRef key, auto value) {
    record.fields.push_back({key.str(), value});
  };
  if (view.info) {
    add("policy", bytes(view.info->policy));
    add("target", bytes(view.info->target));
    add("compiler", bytes(view.info->compiler));
  }
  add("version", uint64_t(header.version));
  add("size", header.total_size);
  add("digest", Field::Word{digestText(header.digest)});
  // The checker knows this system only.
  add("system", Field::Word{"linux"});
  add("landlock-abi", uint64_t(header.landlock_abi));
  add("flags", Field::Word{flagsText(header.flags)});
  return {record};
}

std::vector<Record> Reader::accepted() const {
  std::vector<Record> records;
  for (const auto &row : llvm::ArrayRef(view.accepted, view.accepted_count)) {
    Record &record = records.emplace_back();
    record.fields = {{"wider", bytes(row.what)}};
    addRule(record, row.rule);
  }
  return records;
}

std::vector<Record> Reader::sources() const {
  std::vector<Record> records;
  for (const auto &row : llvm::ArrayRef(view.sources, view.source_count))
    records.push_back({{{"file", bytes(row.path)},
                        {"digest", Field::Word{digestText(row.digest)}}},
                       {}});
  return records;
}

static Field::Word originText(uint32_t kind) {
  switch (kind) {
  case SRT_PARAM_CWD:
    return {"cwd"};
  case SRT_PARAM_ENV:
    return {"env"};
  }
  return {"literal"};
}

std::vector<Record> Reader::params() const {
  std::vector<Record> records;
  for (const auto &row : llvm::ArrayRef(view.params, view.param_count)) {
    Record &record = records.emplace_back();
    record.fields = {{"name", bytes(row.name)}, {"from", originText(row.kind)}};
    if (row.kind != SRT_PARAM_CWD)
      record.fields.push_back({"value", bytes(row.value)});
  }
  return records;
}

std::vector<Record> Reader::ruleset() const {
  if (!view.ruleset)
    return {};
  return {{{{"fs", fsText(view.ruleset->handled_fs)},
            {"net", netText(view.ruleset->handled_net)},
            {"scoped", scopedText(view.ruleset->scoped)}},
           {}}};
}

std::vector<Record> Reader::roots() const {
  std::vector<Record> records;
  for (uint32_t i = 0; i < view.root_count; ++i) {
    const srt_root &row = view.roots[i];
    Record &record = records.emplace_back();
    record.fields = {{"root", uint64_t(i)}, {"place", place(row.place)}};
    if (row.beneath != SRT_NONE)
      record.fields.push_back({"beneath", uint64_t(row.beneath)});
    record.fields.push_back({"rights", fsText(row.rights)});
    addRule(record, row.place.rule);
  }
  return records;
}

std::vector<Record> Reader::commands() const {
  std::vector<Record> records;
  for (const auto &row : llvm::ArrayRef(view.commands, view.command_count)) {
    Record &record = records.emplace_back();
    record.fields = {{"command", bytes(row.name)},
                     {"rights", fsText(row.rights)}};
    addRule(record, row.rule);
  }
  return records;
}

std::vector<Record> Reader::ports() const {
  std::vector<Record> records;
  for (const auto &row : llvm::ArrayRef(view.ports, view.port_count)) {
    Record &record = records.emplace_back();
    record.fields = {{"port", uint64_t(row.port)},
                     {"rights", netText(row.rights)}};
    addRule(record, row.rule);
  }
  return records;
}

static Field::Word envText(uint32_t kind) {
  switch (kind) {
  case SRT_ENV_PASS:
    return {"pass"};
  case SRT_ENV_SET:
    return {"set"};
  }
  return {"unset"};
}

std::vector<Record> Reader::env() const {
  std::vector<Record> records;
  for (const auto &row : llvm::ArrayRef(view.env, view.env_count)) {
    Record &record = records.emplace_back();
    record.fields = {{"env", envText(row.kind)}, {"name", bytes(row.name)}};
    if (row.kind == SRT_ENV_SET)
      record.fields.push_back({"value", bytes(row.value)});
    addRule(record, row.rule);
  }
  return records;
}

static Field::Word limitText(uint32_t resource) {
  switch (resource) {
#define SRT_LIMIT(id, spelling, unit, resource, ceiling)                       \
  case resource:                                                               \
    return {spelling};
#include "lib/IR/Limits.def"
  }
  return {"rlimit-" + std::to_string(resource)};
}

std::vector<Record> Reader::limits() const {
  std::vector<Record> records;
  for (const auto &row : llvm::ArrayRef(view.limits, view.limit_count)) {
    Record &record = records.emplace_back();
    record.fields = {{"limit", limitText(row.resource)}, {"value", row.value}};
    addRule(record, row.rule);
  }
  return records;
}

std::vector<Record> Reader::forbidden() const {
  std::vector<Record> records;
  for (const auto &row : llvm::ArrayRef(view.forbidden, view.forbidden_count)) {
    Record &record = records.emplace_back();
    bool isPlace = row.kind == SRT_FORBID_PLACE;
    record.fields = {{isPlace ? "place" : "command", place(row.place)},
                     {"rights", fsText(row.rights)}};
    addRule(record, row.place.rule);
  }
  return records;
}

std::vector<Record> Reader::rules() const {
  std::vector<Record> records;
  for (uint32_t i = 0; i < view.rule_count; ++i) {
    Record &record = records.emplace_back();
    addRule(record, i);
    record.fields.push_back({"text", bytes(view.rules[i].text)});
    if (i < view.how_count)
      llvm::append_range(record.fields, howFields(view.hows[i]));
  }
  return records;
}

/// The instructions of one program, which the file holds little-endian.
static std::vector<kernel::BpfInsn> insnsOf(const srt_view &view,
                                            const srt_program &program) {
  std::vector<kernel::BpfInsn> insns(program.count);
  static_assert(sizeof(kernel::BpfInsn) == 8);
  std::memcpy(insns.data(), view.filters + program.offset, program.count * 8);
  return insns;
}

std::vector<Record> Reader::programs() const {
  std::vector<Record> records;
  for (const auto &row : llvm::ArrayRef(view.programs, view.program_count)) {
    Record &record = records.emplace_back();
    record.fields = {{"program", Field::Word{archText(row.arch)}},
                     {"count", uint64_t(row.count)}};
    record.code = disassemble(insnsOf(view, row), row.arch);
  }
  return records;
}

/// The actions that paths can be subject to, as bundle.h counts them.
static std::string actsText(uint64_t acts) {
  static constexpr llvm::StringLiteral kNames[] = {
      "read.data",      "read.list",     "read.metadata", "write.data",
      "write.create",   "write.delete",  "write.rename",  "write.link",
      "write.metadata", "write.special", "ioctl",         "exec",
      "connect",        "bind",          "send"};
  std::string text;
  for (unsigned i = 0; i < std::size(kNames); ++i)
    if (acts >> i & 1)
      text += (text.empty() ? "" : "|") + kNames[i].str();
  return text.empty() ? "none" : text;
}

std::vector<Record> Reader::mediation() const {
  if (!view.mediation)
    return {};
  return {{{{"judges", Field::Word{actsText(view.mediation->actions)}},
            {"rights", fsText(view.mediation->rights)},
            {"states", uint64_t(view.row_count)},
            {"moves", uint64_t(view.move_count)}},
           {}}};
}

std::vector<Record> Reader::anchors() const {
  std::vector<Record> records;
  for (const auto &row : llvm::ArrayRef(view.anchors, view.anchor_count)) {
    bool isPlace = row.kind == SRT_ANCHOR_PLACE;
    records.push_back({{{isPlace ? "place" : "command", place(row.place)},
                        {"state", uint64_t(row.row)}},
                       {}});
  }
  return records;
}

/// "/.":3 "e":4; classes of many bytes by their number.
std::string Reader::moves(uint32_t row) const {
  uint32_t from = view.rows[row].first_move;
  uint32_t to = row + 1 < view.row_count ? view.rows[row + 1].first_move
                                         : view.move_count;
  std::string text;
  for (uint32_t i = from; i < to; ++i) {
    std::string bytes;
    for (unsigned byte = 0; byte < 256; ++byte)
      if (view.mediation->classes[byte] == view.moves[i] >> 24)
        bytes += char(byte);
    text += (text.empty() ? "" : " ") + shown(bytes) + ">" +
            std::to_string(view.moves[i] & (SRT_MAX_ROWS - 1));
  }
  return text;
}

std::string Reader::halves(uint32_t first, uint32_t count) const {
  std::string text;
  for (uint32_t i = first; i < first + count; ++i)
    text += (text.empty() ? "" : ",") + std::to_string(view.halves[i]);
  return text;
}

std::vector<Record> Reader::states() const {
  std::vector<Record> records;
  for (uint32_t i = 0; i < view.row_count; ++i) {
    const srt_label &label = view.labels[view.rows[i].label];
    Record &record = records.emplace_back();
    record.fields = {{"state", uint64_t(i)},
                     {"otherwise", uint64_t(view.rows[i].otherwise)}};
    if (label.allowed)
      record.fields.push_back({"allows", Field::Word{actsText(label.allowed)}});
    if (label.asked)
      record.fields.push_back({"asks", Field::Word{actsText(label.asked)}});
    if (label.denied)
      record.fields.push_back({"denies", Field::Word{actsText(label.denied)}});
    if (label.pattern_count)
      record.fields.push_back(
          {"patterns", Field::Word{halves(label.first_half, label.pattern_count)}});
    if (label.except_count)
      record.fields.push_back(
          {"excepts", Field::Word{halves(label.first_half + label.pattern_count,
                                         label.except_count)}});
    record.fields.push_back({"on", Field::Bytes{moves(i)}});
  }
  return records;
}

static llvm::StringRef effectWord(uint32_t effect) {
  if (effect == SRT_EFFECT_ALLOW)
    return "allows";
  return effect == SRT_EFFECT_ASK ? "asks" : "denies";
}

std::vector<Record> Reader::pairs() const {
  std::vector<Record> records;
  for (uint32_t i = 0; i < view.pair_count; ++i) {
    const srt_pair &pair = view.pairs[i];
    llvm::StringRef effect = effectWord(pair.effect);
    Record &record = records.emplace_back();
    record.fields = {{"pair", uint64_t(i)},
                     {effect.str(), Field::Word{actsText(pair.actions)}}};
    addRule(record, pair.rule);
  }
  return records;
}

std::vector<Record> Reader::network() const {
  if (!view.network)
    return {};
  std::string flags;
  if (view.network->flags & SRT_NETWORK_NAMES)
    flags = "names";
  if (view.network->flags & SRT_NETWORK_UNIX)
    flags += flags.empty() ? "unix" : "|unix";
  Record record;
  record.fields = {{"judges", Field::Word{flags.empty() ? "addresses" : flags}}};
  return {record};
}

std::vector<Record> Reader::endpoints() const {
  std::vector<Record> records;
  for (uint32_t i = 0; i < view.endpoint_count; ++i) {
    const srt_endpoint &row = view.endpoints[i];
    llvm::StringRef effect = effectWord(row.effect);
    Record &record = records.emplace_back();
    record.fields = {{row.is_except ? "except" : "endpoint",
                      Field::Bytes{endpointText(row, text(row.name))}},
                     {effect.str(), Field::Word{netActsText(row.actions)}}};
    addRule(record, row.rule);
  }
  return records;
}

std::vector<Section> sectionsOf(const srt_view &view) {
  Reader reader(view);
  std::vector<Section> sections;
  for (const Named &row : kSections)
    sections.push_back({row.name.str(), row.shape, (reader.*row.read)()});
  return sections;
}

std::vector<std::string> sectionNames() {
  std::vector<std::string> names;
  for (const Named &row : kSections)
    names.push_back(row.name.str());
  return names;
}

} // namespace srt::dump
