// lib/Parse/TableRules.h: statements out of the tables of a policy.
// SPDX-License-Identifier: Apache-2.0
//
// Each function appends the statements that its table stands for, in the order
// of the file, and reports what is wrong; docs/Spellings.md has the table.
#ifndef SRT_LIB_PARSE_TABLERULES_H
#define SRT_LIB_PARSE_TABLERULES_H

#include "lib/Parse/TableValues.h"

namespace srt::tables {

using Statements = std::vector<syntax::Statement>;

/// The keys of the sections that hold access rules: filesystem, network, ...
llvm::ArrayRef<llvm::StringRef> sectionKeys();

/// `filesystem: {read: [...], ...}` and its kind.
/// Requires: the key is one of sectionKeys().
void readSection(const Values &values, Entry section, Statements &out);

/// `rules: [{allow: read, patterns: [...]}, ...]`.
void readRules(const Values &values, Entry rules, Statements &out);

/// `params: {project: cwd, registry: {type: host, value: ...}}`.
void readParams(const Values &values, Entry params, Statements &out);

/// `env: {pass: [...], set: {...}, unset: [...]}`.
void readEnv(const Values &values, Entry env, Statements &out);

/// `limits: {memory: 4GiB, ...}`.
void readLimits(const Values &values, Entry limits, Statements &out);

/// `tests: [{name: ..., allow: [...], deny: [...]}, ...]`.
void readTests(const Values &values, Entry tests, Statements &out);

} // namespace srt::tables

#endif
