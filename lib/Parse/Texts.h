// lib/Parse/Texts.h: reads what stands inside quotes into patterns.
// SPDX-License-Identifier: Apache-2.0
//
// Each function reports what is wrong, at its place inside the text, and then
// returns nothing. The syntax of each is in docs/Language.md, "Patterns".
#ifndef SRT_LIB_PARSE_TEXTS_H
#define SRT_LIB_PARSE_TEXTS_H

#include "lib/Parse/Chars.h"

namespace srt {

/// One path pattern per alternative.
std::optional<std::vector<ir::PathPattern>>
readPaths(const syntax::Literal &literal, Scope &scope);

/// A path pattern without alternatives, escapes already resolved.
std::optional<ir::PathPattern> readSpelledPath(const syntax::Literal &literal,
                                               Spelled spelled, Scope &scope);

/// A glob out of chars [begin, end).
std::optional<ir::Glob> readGlob(const syntax::Literal &literal,
                                 const Chars &chars, size_t begin, size_t end,
                                 Scope &scope);

/// One endpoint pattern per host alternative; all its ports together.
std::optional<std::vector<ir::EndpointPattern>>
readEndpoints(const syntax::Literal &literal, ir::ActionId action,
              Scope &scope);

/// HOST of an endpoint, or the value of a param of type host. Nothing and a
/// reason in `why` if it is none.
std::optional<ir::HostPattern> readHost(llvm::StringRef text, std::string &why);

/// PORTS of an endpoint: number, range, `{80,443}` or `*`. Sorted and joined.
std::optional<std::vector<ir::PortRange>> readPorts(llvm::StringRef text);

std::optional<ir::CommandPattern> readCommand(const syntax::Literal &literal,
                                              Scope &scope);
std::optional<ir::SyscallPattern> readSyscall(const syntax::Literal &literal,
                                              Scope &scope);
std::optional<ir::SubjectPattern> readSubject(const syntax::Literal &literal,
                                              Scope &scope);
std::optional<ir::NamePattern> readName(const syntax::Literal &literal,
                                        Scope &scope);

} // namespace srt

#endif
