// lib/Backend/BundleWriter.cpp: layout, header and digest of a bundle.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/BundleWriter.h"

#include "lib/Backend/BundleTables.h"

#include "runtime/bundle/check.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Alignment.h"
#include "llvm/Support/SHA256.h"

#include <bit>
#include <cstring>

namespace srt::backend {

static_assert(std::endian::native == std::endian::little,
              "records are written as they lie in memory");

namespace {
struct Section {
  srt_kind kind;
  uint32_t count;
  llvm::StringRef bytes; // into the BundleTables
};
} // namespace

/// Adds a section unless it is empty: what is absent costs nothing.
template <typename Record>
static void add(std::vector<Section> &sections, srt_kind kind,
                const std::vector<Record> &records) {
  if (records.empty())
    return;
  const char *first = reinterpret_cast<const char *>(records.data());
  sections.push_back({kind,
                      uint32_t(records.size()),
                      {first, records.size() * sizeof(Record)}});
}

/// These two kinds count bytes, not records.
static void addBytes(std::vector<Section> &sections, srt_kind kind,
                     llvm::StringRef bytes) {
  if (!bytes.empty())
    sections.push_back({kind, uint32_t(bytes.size()), bytes});
}

static void addBroker(std::vector<Section> &sections,
                      const BrokerTables &tables) {
  add(sections, SRT_MEDIATION, tables.mediation);
  add(sections, SRT_ANCHORS, tables.anchors);
  add(sections, SRT_ROWS, tables.rows);
  add(sections, SRT_MOVES, tables.moves);
  add(sections, SRT_LABELS, tables.labels);
  add(sections, SRT_HALVES, tables.halves);
  add(sections, SRT_PAIRS, tables.pairs);
  add(sections, SRT_NETWORK, tables.network);
  add(sections, SRT_ENDPOINTS, tables.endpoints);
}

/// In the order of the kinds, as the format demands.
static std::vector<Section> sectionsOf(const BundleTables &tables) {
  llvm::StringRef filters(reinterpret_cast<const char *>(tables.filters.data()),
                          tables.filters.size() * sizeof(Instruction));
  std::vector<Section> sections;
  addBytes(sections, SRT_STRINGS, tables.strings.bytes());
  add(sections, SRT_INFO, tables.info);
  add(sections, SRT_SOURCES, tables.sources);
  add(sections, SRT_PARAMS, tables.params);
  add(sections, SRT_RULESET, tables.ruleset);
  add(sections, SRT_ROOTS, tables.roots);
  add(sections, SRT_COMMANDS, tables.commands);
  add(sections, SRT_PORTS, tables.ports);
  add(sections, SRT_PROGRAMS, tables.programs);
  addBytes(sections, SRT_FILTERS, filters);
  add(sections, SRT_ENV, tables.env);
  add(sections, SRT_LIMITS, tables.limits);
  add(sections, SRT_FORBIDDEN, tables.forbidden);
  add(sections, SRT_RULES, tables.rules);
  add(sections, SRT_ACCEPTED, tables.accepted);
  addBroker(sections, tables.broker);
  add(sections, SRT_HOW, tables.hows);
  return sections;
}

/// True if no program lets keyctl, add_key or request_key through. Without a
/// program (no architecture) nothing closes them.
static bool areKeysClosed(const ir::Plan &plan) {
  auto opensKeys = [](const ir::SyscallDecision &decision) {
    return decision.isAllowed &&
           llvm::StringSwitch<bool>(decision.name)
               .Cases({"keyctl", "add_key", "request_key"}, true)
               .Default(false);
  };
  return !plan.archs.empty() && llvm::none_of(plan.syscalls, opensKeys);
}

static srt_header headerOf(const ir::Plan &plan, size_t sectionCount) {
  srt_header header{};
  header.magic = SRT_MAGIC;
  header.version = SRT_VERSION;
  header.header_size = sizeof(srt_header);
  header.target_os = SRT_OS_LINUX;
  header.landlock_abi = plan.landlockAbi;
  header.flags = areKeysClosed(plan) ? SRT_FLAG_KEYS_CLOSED : 0;
  if (plan.audit == ir::Audit::Denials)
    header.flags |= SRT_FLAG_LOG_DENIALS;
  header.section_count = uint32_t(sectionCount);
  return header;
}

template <typename Record>
static void put(std::string &file, size_t at, const Record &record) {
  std::memcpy(file.data() + at, &record, sizeof(record));
}

/// Table and sections, each at the next multiple of 8, gaps zero; the place of
/// the header is left zero.
static std::string layOut(llvm::ArrayRef<Section> sections) {
  size_t entry = sizeof(srt_header);
  std::string file(entry + sections.size() * sizeof(srt_section), '\0');
  for (const Section &section : sections) {
    file.resize(llvm::alignTo(file.size(), 8));
    put(file, entry,
        srt_section{section.kind, section.count, file.size(),
                    section.bytes.size()});
    entry += sizeof(srt_section);
    file.append(section.bytes.begin(), section.bytes.end());
  }
  return file;
}

static void seal(std::string &file, srt_header header) {
  header.total_size = file.size();
  put(file, 0, header); // with a digest of zeros, as the digest is defined
  llvm::copy(llvm::SHA256::hash(llvm::arrayRefFromStringRef(file)),
             header.digest);
  put(file, 0, header);
}

static llvm::Error checkBundle(llvm::StringRef file) {
  srt_view view;
  srt_reason reason = srt_check_bundle(
      reinterpret_cast<const uint8_t *>(file.data()), file.size(), &view);
  if (reason == SRT_OK)
    return llvm::Error::success();
  return llvm::createStringError(
      std::errc::protocol_error,
      "internal error: the loader would refuse the bundle: %s",
      srt_check_reason(reason));
}

llvm::Expected<std::string> writeBundle(const ir::Plan &plan,
                                        const Sources &sources,
                                        Generator generator) {
  llvm::Expected<BundleTables> tables = tablesOf(plan, sources, generator);
  if (!tables)
    return tables.takeError();
  std::vector<Section> sections = sectionsOf(*tables);
  std::string file = layOut(sections);
  seal(file, headerOf(plan, sections.size()));
  if (llvm::Error error = checkBundle(file))
    return error;
  return file;
}

} // namespace srt::backend
