// runtime/bundle/layout.cpp: the section table and the bytes between sections.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: sections follow each other in the order of their kinds, each at
// the first multiple of 8 behind the one before, the last one ending the file.
// There is one place for every byte, so no byte goes unchecked.
#include "parts.h"

namespace srt::bundle {

// clang-format off: the two tables are easier to compare with bundle.h in rows.

/// Bytes of one record of a kind; strings and filters count bytes.
static uint64_t recordSize(srt_kind kind) {
  switch (kind) {
  case SRT_STRINGS:
    return 1;
  case SRT_INFO:
    return sizeof(srt_info);
  case SRT_SOURCES:
    return sizeof(srt_source);
  case SRT_PARAMS:
    return sizeof(srt_param);
  case SRT_RULESET:
    return sizeof(srt_ruleset);
  case SRT_ROOTS:
    return sizeof(srt_root);
  case SRT_COMMANDS:
    return sizeof(srt_command);
  case SRT_PORTS:
    return sizeof(srt_port);
  case SRT_PROGRAMS:
    return sizeof(srt_program);
  case SRT_FILTERS:
    return 1;
  case SRT_ENV:
    return sizeof(srt_env);
  case SRT_LIMITS:
    return sizeof(srt_limit);
  case SRT_FORBIDDEN:
    return sizeof(srt_forbidden);
  case SRT_RULES:
    return sizeof(srt_rule);
  case SRT_ACCEPTED:
    return sizeof(srt_accepted);
  case SRT_MEDIATION:
    return sizeof(srt_mediation);
  case SRT_ANCHORS:
    return sizeof(srt_anchor);
  case SRT_ROWS:
    return sizeof(srt_row);
  case SRT_MOVES:
    return sizeof(uint32_t);
  case SRT_LABELS:
    return sizeof(srt_label);
  case SRT_HALVES:
    return sizeof(uint32_t);
  case SRT_PAIRS:
    return sizeof(srt_pair);
  case SRT_NETWORK:
    return sizeof(srt_network);
  case SRT_ENDPOINTS:
    return sizeof(srt_endpoint);
  case SRT_HOW:
    return sizeof(srt_how);
  }
  return 0;
}

/// Points one table of the view at the bytes of its section.
template <typename Record>
static void place(const Record *&table, uint32_t &count, const uint8_t *data,
                  const srt_section &section) {
  table = reinterpret_cast<const Record *>(data);
  count = section.count;
}

static void show(srt_view &view, const srt_section &section,
                 const uint8_t *data) {
  uint32_t one; // checkSize has seen that it is 1
  switch (static_cast<srt_kind>(section.kind)) {
  case SRT_STRINGS:
    return place(view.strings, view.strings_size, data, section);
  case SRT_INFO:
    return place(view.info, one, data, section);
  case SRT_SOURCES:
    return place(view.sources, view.source_count, data, section);
  case SRT_PARAMS:
    return place(view.params, view.param_count, data, section);
  case SRT_RULESET:
    return place(view.ruleset, one, data, section);
  case SRT_ROOTS:
    return place(view.roots, view.root_count, data, section);
  case SRT_COMMANDS:
    return place(view.commands, view.command_count, data, section);
  case SRT_PORTS:
    return place(view.ports, view.port_count, data, section);
  case SRT_PROGRAMS:
    return place(view.programs, view.program_count, data, section);
  case SRT_FILTERS:
    return place(view.filters, view.filters_size, data, section);
  case SRT_ENV:
    return place(view.env, view.env_count, data, section);
  case SRT_LIMITS:
    return place(view.limits, view.limit_count, data, section);
  case SRT_FORBIDDEN:
    return place(view.forbidden, view.forbidden_count, data, section);
  case SRT_RULES:
    return place(view.rules, view.rule_count, data, section);
  case SRT_ACCEPTED:
    return place(view.accepted, view.accepted_count, data, section);
  case SRT_MEDIATION:
    return place(view.mediation, one, data, section);
  case SRT_ANCHORS:
    return place(view.anchors, view.anchor_count, data, section);
  case SRT_ROWS:
    return place(view.rows, view.row_count, data, section);
  case SRT_MOVES:
    return place(view.moves, view.move_count, data, section);
  case SRT_LABELS:
    return place(view.labels, view.label_count, data, section);
  case SRT_HALVES:
    return place(view.halves, view.half_count, data, section);
  case SRT_PAIRS:
    return place(view.pairs, view.pair_count, data, section);
  case SRT_NETWORK:
    return place(view.network, one, data, section);
  case SRT_ENDPOINTS:
    return place(view.endpoints, view.endpoint_count, data, section);
  case SRT_HOW:
    return place(view.hows, view.how_count, data, section);
  }
}

// clang-format on

/// The most records a section may have. Two kinds count bytes, and the tables
/// of the automaton have a bound of their own: they grow with the patterns, not
/// with what a person writes line by line.
static uint32_t mostRecords(srt_kind kind) {
  switch (kind) {
  case SRT_STRINGS:
    return SRT_MAX_FILE;
  case SRT_FILTERS:
    return SRT_MAX_RECORDS * 8;
  case SRT_ROWS:
  case SRT_MOVES:
  case SRT_LABELS:
  case SRT_HALVES:
    return SRT_MAX_ROWS;
  case SRT_PAIRS:
    return SRT_MAX_PAIRS;
  case SRT_ENDPOINTS:
    return SRT_MAX_ENDPOINTS;
  case SRT_INFO:
  case SRT_RULESET:
  case SRT_MEDIATION:
  case SRT_NETWORK:
    return 1;
  case SRT_SOURCES:
  case SRT_PARAMS:
  case SRT_ROOTS:
  case SRT_COMMANDS:
  case SRT_PORTS:
  case SRT_PROGRAMS:
  case SRT_ENV:
  case SRT_LIMITS:
  case SRT_FORBIDDEN:
  case SRT_RULES:
  case SRT_ACCEPTED:
  case SRT_ANCHORS:
  case SRT_HOW:
    return SRT_MAX_RECORDS;
  }
  return 0;
}

static bool isSingle(srt_kind kind) {
  return kind == SRT_INFO || kind == SRT_RULESET || kind == SRT_MEDIATION ||
         kind == SRT_NETWORK;
}

/// Checks kind, order and size of one section on their own. No product here
/// can overflow: count has 32 bits, a record at most 272 bytes.
static srt_reason checkSize(const srt_section &section, uint32_t before) {
  SRT_DEMAND(section.kind >= 1 && section.kind <= SRT_KINDS, SRT_BAD_KIND);
  SRT_DEMAND(section.kind > before, SRT_BAD_ORDER);
  auto kind = static_cast<srt_kind>(section.kind);
  SRT_DEMAND(!isSingle(kind) || section.count == 1, SRT_BAD_SINGLE);
  if (kind == SRT_FILTERS)
    SRT_DEMAND(section.count % 8 == 0, SRT_BAD_SIZE);
  SRT_DEMAND(section.count <= mostRecords(kind), SRT_BAD_RECORDS);
  SRT_DEMAND(section.size == section.count * recordSize(kind), SRT_BAD_SIZE);
  return SRT_OK;
}

/// Checks where one section lies. `end` is the end of what stands before it.
static srt_reason checkPosition(const srt_section &section, uint64_t end,
                                const uint8_t *bytes, uint64_t size) {
  SRT_DEMAND(section.offset % 8 == 0, SRT_BAD_ALIGNMENT);
  SRT_DEMAND(section.offset >= end, SRT_BAD_OVERLAP);
  // Compare without adding: a huge offset must not wrap around.
  SRT_DEMAND(section.offset <= size && section.size <= size - section.offset,
             SRT_BAD_END);
  SRT_DEMAND(section.offset - end < 8, SRT_BAD_GAP);
  for (uint64_t at = end; at < section.offset; ++at)
    SRT_DEMAND(bytes[at] == 0, SRT_BAD_GAP_BYTE);
  return SRT_OK;
}

srt_reason checkLayout(const uint8_t *bytes, uint64_t size, srt_view &view) {
  view.header = reinterpret_cast<const srt_header *>(bytes);
  uint32_t count = view.header->section_count;
  SRT_DEMAND(count <= (size - sizeof(srt_header)) / sizeof(srt_section),
             SRT_BAD_TABLE);
  auto *table =
      reinterpret_cast<const srt_section *>(bytes + sizeof(srt_header));
  uint64_t end = sizeof(srt_header) + count * sizeof(srt_section);
  uint32_t before = 0;
  for (uint32_t i = 0; i < count; ++i) {
    SRT_CHECK(checkSize(table[i], before));
    SRT_CHECK(checkPosition(table[i], end, bytes, size));
    show(view, table[i], bytes + table[i].offset);
    before = table[i].kind;
    end = table[i].offset + table[i].size;
  }
  SRT_DEMAND(end == size, SRT_BAD_TRAILING);
  return SRT_OK;
}

} // namespace srt::bundle
