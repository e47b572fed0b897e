// lib/Sim/BundleView.h: a bundle that was accepted, owned and ready to be
// asked. SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_SIM_BUNDLEVIEW_H
#define SRT_LIB_SIM_BUNDLEVIEW_H

#include "lib/Kernel/Syscalls.h"
#include "lib/Sim/EvalBpf.h"

#include "runtime/bundle/check.h"

#include "llvm/ADT/StringRef.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace srt::sim {

/// What is known when a bundle is started, by name: the bundle counts its
/// params in an order of its own.
struct StartValues {
  std::map<std::string, std::string, std::less<>> params;
  std::vector<std::string> searchPath; // PATH of the caller, absolute
  kernel::Arch arch = kernel::Arch::X86_64;
};

/// The bytes of a bundle and the checker's view of them. Movable; the view
/// stays valid for as long as the bundle lives.
class Bundle {
public:
  /// Copies and checks the bytes, filters included. Nothing and a reason in
  /// `why` if srt_check_bundle() or checkBpf() refuses them.
  static std::optional<Bundle> open(llvm::StringRef bytes, std::string &why);

  const srt_view &view() const { return sections; }
  llvm::StringRef text(srt_string string) const {
    return {sections.strings + string.offset, string.size};
  }

  /// The filter for that machine; nothing if the bundle has no filter at all.
  std::optional<std::vector<BpfInsn>> filterFor(kernel::Arch arch) const;
  /// True if the loader would refuse to start on that machine.
  bool lacksMachine(kernel::Arch arch) const;

private:
  std::unique_ptr<uint64_t[]> words; // aligned as the checker wants it
  srt_view sections{};
};

} // namespace srt::sim

#endif
