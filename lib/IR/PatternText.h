// lib/IR/PatternText.h: the canonical spelling of patterns, and reading it
// back. SPDX-License-Identifier: Apache-2.0
//
// A pattern in normal form has one text, and the readers take that text only:
// readX(text(p)) is p, text(readX(t)) is t. Texts are printable ASCII in which
// every `"` has a backslash before it, so they may stand between quotes as is.
#ifndef SRT_LIB_IR_PATTERNTEXT_H
#define SRT_LIB_IR_PATTERNTEXT_H

#include "lib/IR/GlobText.h"
#include "lib/IR/Policy.h"
#include "lib/IR/TextScan.h"

namespace srt::ir {

/// `/usr/lib`, `/`, `${home}/.ssh/*`, `/**/.env`. A ParamId that is not an
/// index into `params` shows as `${?N}`, which no reader takes.
std::string text(const PathPattern &path, llvm::ArrayRef<Param> params);

/// `git`, `/usr/bin/env`, `git push --force **`. Words are separated by one
/// space; spaces inside a word are escaped; `\e` is the empty word.
std::string text(const CommandPattern &command, llvm::ArrayRef<Param> params);

/// `tcp:*:443`, `udp:10.0.0.0/8:53`, `tcp:[2606:4700::]/32:443,8000-8080`,
/// `unix:/run/x.sock`, `unix:@name`.
std::string text(const EndpointPattern &endpoint, llvm::ArrayRef<Param> params);

/// `self`, `sandbox` or `all`.
std::string text(SubjectPattern subject);

/// `all`, `@default`, `openat`, `socket(arg0 == 0x2, arg1 & 0xf == 0x1)`.
std::string text(const SyscallPattern &syscall);

/// A glob.
std::string text(const NamePattern &name);

/// The spelling of any pattern, without its resource's name.
std::string text(const Pattern &pattern, llvm::ArrayRef<Param> params);

/// The readers: nothing, and `error`, if the text is not what text() writes.
std::optional<PathPattern>
readPath(llvm::StringRef text, llvm::ArrayRef<Param> params, TextError &error);
std::optional<CommandPattern> readCommand(llvm::StringRef text,
                                          llvm::ArrayRef<Param> params,
                                          TextError &error);
std::optional<EndpointPattern> readEndpoint(llvm::StringRef text,
                                            llvm::ArrayRef<Param> params,
                                            TextError &error);
std::optional<SubjectPattern> readSubject(llvm::StringRef text,
                                          TextError &error);
std::optional<SyscallPattern> readSyscall(llvm::StringRef text,
                                          TextError &error);
std::optional<NamePattern> readName(llvm::StringRef text, TextError &error);

/// The kind of resource that the pattern names.
Resource resourceOf(const Pattern &pattern);

/// Reads a pattern of that kind; its range is left nowhere.
std::optional<Pattern> readPattern(Resource resource, llvm::StringRef text,
                                   llvm::ArrayRef<Param> params,
                                   TextError &error);

/// Parts of other patterns' texts: a path inside an endpoint or a command.
std::string pathText(const PathPattern &path, llvm::ArrayRef<Param> params,
                     GlobPlace place);
std::optional<PathPattern>
readPathPart(TextScan &scan, llvm::ArrayRef<Param> params, GlobPlace place);

} // namespace srt::ir

#endif
