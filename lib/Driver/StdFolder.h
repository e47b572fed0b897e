// lib/Driver/StdFolder.h: where the library of policies lies.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_DRIVER_STDFOLDER_H
#define SRT_LIB_DRIVER_STDFOLDER_H

#include <string>

namespace srt {

/// The folder that `import "std/..."` looks in unless --std says otherwise:
/// share/srt/std beside the folder of the running program where that is there,
/// as in an installation, else the one of the source tree. Found from the
/// program, so that an installation may be moved, and so that no program holds
/// the place where it was built.
std::string stdFolder();

} // namespace srt

#endif
