// lib/Sim/LandlockModel.h: what a bundle's ruleset permits, once it is loaded.
// SPDX-License-Identifier: Apache-2.0
//
// One layer over a file tree in which every path exists, as a file and as a
// directory, and nothing is a link. There everything that a bundle can grant is
// granted and everything that it can refuse is refused.
#ifndef SRT_LIB_SIM_LANDLOCKMODEL_H
#define SRT_LIB_SIM_LANDLOCKMODEL_H

#include "lib/Sim/BundleView.h"

namespace srt::sim {

/// A ruleset whose places are known. Rights are kernel::kFs* and kNet* bits.
class LandlockModel {
public:
  /// Does what the loader does before it restricts itself. Nothing, and the
  /// reason in `why`, if it would refuse to start: a param without a value or
  /// with one that is no plain absolute path, a machine without a filter, a
  /// forbidden place that is, holds or lies in a granted one.
  static std::optional<LandlockModel>
  start(const Bundle &bundle, const StartValues &values, std::string &why);

  bool hasRuleset() const { return isPresent; }

  /// True if each of `rights` is not handled, or granted at `path` or above.
  bool permitsAt(llvm::StringRef path, uint64_t rights) const;
  /// The same for the directory that holds `path`, which is what the kernel
  /// looks at for creating and removing. The root directory holds itself.
  bool permitsAbove(llvm::StringRef path, uint64_t rights) const;
  /// True if some directory has all of `rights`.
  bool permitsSomewhere(uint64_t rights) const;
  /// True if the right is not handled, or granted for the port.
  bool permitsPort(uint16_t port, uint64_t right) const;
  /// True if the right is not handled, or granted for some port.
  bool permitsSomePort(uint64_t right) const;
  bool isScoped(uint64_t scope) const { return (scoped & scope) != 0; }

private:
  /// A hit on PATH is granted as a regular file only, with nothing beneath it
  /// (runtime/loader/Commands.cpp:grantHit).
  enum class Reach : uint8_t { Tree, File };
  struct Grant {
    std::vector<std::string> components;
    uint64_t rights;
    Reach reach;
  };
  bool permits(llvm::ArrayRef<std::string> components, uint64_t rights) const;

  bool isPresent = false;
  uint64_t handledFs = 0;
  uint64_t handledNet = 0;
  uint64_t scoped = 0;
  std::vector<Grant> grants;
  std::map<uint16_t, uint64_t> ports;
  friend class LandlockStart;
};

/// The directories on PATH of the command: what `pass` and `set` leave of it.
std::vector<std::string> searchPathOf(const Bundle &bundle,
                                      const StartValues &values);

} // namespace srt::sim

#endif
