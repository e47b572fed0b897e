// lib/Driver/StdFolder.cpp: where the library of policies lies.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Driver/StdFolder.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace srt {

std::string stdFolder() {
  std::string program = llvm::sys::fs::getMainExecutable(
      nullptr, reinterpret_cast<void *>(&stdFolder));
  llvm::SmallString<128> folder(llvm::sys::path::parent_path(program));
  llvm::SmallString<128> installed(folder);
  llvm::sys::path::append(installed, "..", "share", "srt", "std");
  llvm::sys::path::remove_dots(installed, /*remove_dot_dot=*/true);
  if (llvm::sys::fs::is_directory(installed))
    return std::string(installed);
  // In the source tree: from where CMake puts programs.
  llvm::sys::path::append(folder, SRT_STD_FROM_PROGRAMS);
  llvm::sys::path::remove_dots(folder, /*remove_dot_dot=*/true);
  return std::string(folder);
}

} // namespace srt
