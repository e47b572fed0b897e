// runtime/broker/Spelling.cpp: names below /proc.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: always ends with a NUL; what does not fit is cut off, which no
// name made of two numbers and a few words is.
#include "Broker.h"

namespace srt::broker {

Spelling &Spelling::operator<<(Text text) {
  for (uint64_t i = 0; i < text.size && size + 1 < sizeof bytes; ++i)
    bytes[size++] = text.data[i];
  return *this;
}

Spelling &Spelling::operator<<(uint64_t number) {
  return *this << load::Decimal(number).text();
}

bool readNumber(Text digits, uint64_t &number) {
  constexpr uint64_t kMostDigits = 9;
  number = 0;
  for (uint64_t i = 0; i < digits.size; ++i) {
    if (digits.data[i] < '0' || digits.data[i] > '9')
      return false;
    number = i < kMostDigits ? number * 10 + uint64_t(digits.data[i] - '0') : 0;
  }
  return digits.size != 0 && digits.size <= kMostDigits;
}

Spelling pathOfDescriptor(uint64_t number) {
  Spelling name;
  name << "/proc/self/fd/" << number;
  return name;
}

} // namespace srt::broker
