// lib/Driver/Files.h: reads inputs and writes outputs, whole or not at all.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_DRIVER_FILES_H
#define SRT_LIB_DRIVER_FILES_H

#include "lib/Diag/Diagnostic.h"

#include <optional>

namespace srt {

/// Reads a regular file, or standard input for "-", into `sources`. Reports
/// (E4001) directories, devices, files that cannot be read or are too large.
/// The file is known by `name`, or by its path if that is empty.
std::optional<FileId> readInput(Sources &sources, llvm::StringRef path,
                                DiagnosticEngine &diags,
                                llvm::StringRef name = {});

/// Writes a file so that others see all of it or nothing: into a new file
/// beside it, which then takes its name. "-" is standard output. Reports
/// (E4002) and leaves no file behind if anything fails, a full disk included.
bool writeOutput(llvm::StringRef path, llvm::StringRef bytes,
                 DiagnosticEngine &diags);

/// Reports E4002: why the file of that name was not written.
void reportUnwritten(llvm::StringRef path, llvm::StringRef problem,
                     DiagnosticEngine &diags);

} // namespace srt

#endif
