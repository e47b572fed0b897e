// lib/Driver/Repository.h: one name for a repository, however it is spelled.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_DRIVER_REPOSITORY_H
#define SRT_LIB_DRIVER_REPOSITORY_H

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>

namespace srt {

/// "github.com/acme/app" for https://user@github.com/acme/app.git,
/// ssh://git@github.com:22/acme/app, git@github.com:acme/app.git and the like.
/// Host in lower case; user, port, `.git` and slashes at the end are dropped.
/// Nothing if there is no host or no path.
std::optional<std::string> normaliseRepository(llvm::StringRef url);

/// The normalised URL of remote `origin` in the git configuration of the
/// repository that `folder` lies in, or nothing. Follows a `.git` file to the
/// repository that it names; runs no program.
std::optional<std::string> repositoryOf(llvm::StringRef folder);

} // namespace srt

#endif
