// tools/srt-dump/Endpoints.h: an endpoint of a bundle in words.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_DUMP_ENDPOINTS_H
#define SRT_TOOLS_SRT_DUMP_ENDPOINTS_H

#include "runtime/bundle/check.h"

#include "llvm/ADT/StringRef.h"

#include <string>

namespace srt::dump {

/// "tcp:*.example.com:443-444", as a policy would say it. `name` is the record's.
std::string endpointText(const srt_endpoint &record, llvm::StringRef name);

/// "connect|send", of SRT_NET_* bits.
std::string netActsText(uint32_t actions);

} // namespace srt::dump

#endif
