// lib/Parse/SyntaxErrors.h: turns what ANTLR finds into diagnostics.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_PARSE_SYNTAXERRORS_H
#define SRT_LIB_PARSE_SYNTAXERRORS_H

#include "lib/Diag/Diagnostic.h"

#include "antlr4-runtime.h"

namespace srt {

/// Reports each syntax error as "found X, expected Y" at the token it is about.
class SyntaxErrors : public antlr4::BaseErrorListener {
public:
  SyntaxErrors(const Sources &sources, FileId file, DiagnosticEngine &diags)
      : sources(sources), file(file), diags(diags) {}

  void syntaxError(antlr4::Recognizer *recognizer, antlr4::Token *offending,
                   size_t line, size_t column, const std::string &message,
                   std::exception_ptr cause) override;

private:
  const Sources &sources;
  FileId file;
  DiagnosticEngine &diags;
};

/// The bytes of a token. Requires: the token came from a ByteStream over `file`.
SourceRange rangeOf(const Sources &sources, FileId file,
                    const antlr4::Token *token);

} // namespace srt

#endif
