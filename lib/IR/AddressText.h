// lib/IR/AddressText.h: networks as text.
// SPDX-License-Identifier: Apache-2.0
//
// `10.0.0.0/8` and `[2606:4700::]/32`; a single address has no prefix. Written
// here rather than by inet_ntop(3), whose output differs between C libraries.
#ifndef SRT_LIB_IR_ADDRESSTEXT_H
#define SRT_LIB_IR_ADDRESSTEXT_H

#include "lib/IR/Pattern.h"
#include "lib/IR/TextScan.h"

namespace srt::ir {

/// The spelling of a network. IPv6 as in RFC 5952, section 4: lower case, no
/// leading zeros, `::` for the first longest run of two or more zero groups;
/// never with a dotted tail. Requires: kind Address.
std::string addressText(const HostPattern &host);

/// Reads digits and dots, with or without `/PREFIX`. Requires the bytes past
/// the prefix to be zero.
std::optional<HostPattern> readIpv4(TextScan &scan);

/// Reads from behind the `[`. May take more than canonical spellings.
std::optional<HostPattern> readIpv6(TextScan &scan);

} // namespace srt::ir

#endif
