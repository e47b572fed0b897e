// runtime/bundle/check.h: accepts or refuses the bytes of a bundle.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a view exists only for bytes that obey every sentence of
// bundle.h, so its readers index and dereference without checks of their own.
// Compiles freestanding (the loader) and hosted (tools, simulator, fuzzers).
#ifndef SRT_RUNTIME_BUNDLE_CHECK_H
#define SRT_RUNTIME_BUNDLE_CHECK_H

#include "bundle.h"

/// Why a bundle is refused; SRT_OK is 0.
enum srt_reason {
  SRT_OK = 0,
#define SRT_REASON(name, text) name,
#include "reasons.def"
#undef SRT_REASON
};

/// A checked bundle, section by section. Every pointer points into the checked
/// buffer and lives as long as that; an absent section is null with count 0, a
/// present but empty one is not null. `strings_size` is in bytes,
/// `filters_size` too.
struct srt_view {
  const struct srt_header *header;
  const char *strings;
  const struct srt_info *info;       // null or one
  const struct srt_ruleset *ruleset; // null or one
  const struct srt_source *sources;
  const struct srt_param *params;
  const struct srt_root *roots;
  const struct srt_command *commands;
  const struct srt_port *ports;
  const struct srt_program *programs;
  const uint8_t *filters;
  const struct srt_env *env;
  const struct srt_limit *limits;
  const struct srt_forbidden *forbidden;
  const struct srt_rule *rules;
  const struct srt_accepted *accepted;
  const struct srt_mediation *mediation; // null or one
  const struct srt_anchor *anchors;
  const struct srt_row *rows;
  const uint32_t *moves;
  const struct srt_label *labels;
  const uint32_t *halves;
  const struct srt_pair *pairs;
  const struct srt_network *network; // null or one
  const struct srt_endpoint *endpoints;
  const struct srt_how *hows;
  uint32_t strings_size;
  uint32_t source_count;
  uint32_t param_count;
  uint32_t root_count;
  uint32_t command_count;
  uint32_t port_count;
  uint32_t program_count;
  uint32_t filters_size;
  uint32_t env_count;
  uint32_t limit_count;
  uint32_t forbidden_count;
  uint32_t rule_count;
  uint32_t accepted_count;
  uint32_t anchor_count;
  uint32_t row_count;
  uint32_t move_count;
  uint32_t label_count;
  uint32_t half_count;
  uint32_t pair_count;
  uint32_t endpoint_count;
  uint32_t how_count;
};

#ifdef __cplusplus
extern "C" {
#endif

/// Checks `size` bytes against everything that bundle.h demands and fills
/// `*view` if they pass; otherwise `*view` is all zero. BPF instructions are
/// not looked at: the kernel does that (kernel/seccomp.c:seccomp_check_filter,
/// v6.12). `bytes` must begin at a multiple of 8. No allocation; O(size), but
/// quadratic in the number of filter programs.
enum srt_reason srt_check_bundle(const uint8_t *bytes, uint64_t size,
                                 struct srt_view *view);

/// One line for a person: lower case, no full stop, never null.
const char *srt_check_reason(enum srt_reason reason);

#ifdef __cplusplus
}
#endif

#endif
