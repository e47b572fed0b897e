# packaging/homebrew/srtc.rb: Homebrew formula.
# SPDX-License-Identifier: Apache-2.0
#
# NOT RUN: nobody has installed with it yet. It is for Homebrew on Linux; the
# compiler has not been built on a Mac. `url` and `sha256` are filled in by
# whoever makes a release: with the example address below, brew fails.
class Srtc < Formula
  desc "Policy compiler for sandboxing commands with Landlock and seccomp"
  homepage "https://example.com/srtc"
  url "https://example.com/srtc/srtc-0.1.0.tar.gz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license "Apache-2.0"

  depends_on "antlr" => :build
  depends_on "cli11" => :build
  depends_on "cmake" => :build
  depends_on "ninja" => :build
  depends_on "openjdk" => :build
  depends_on "antlr4-cpp-runtime"
  depends_on "c-ares"
  depends_on "libseccomp"
  depends_on :linux
  depends_on "llvm@22"

  def install
    system "cmake", "-S", ".", "-B", "build", "-G", "Ninja",
           "-DSRT_WERROR=OFF", *std_cmake_args
    system "cmake", "--build", "build"
    system "cmake", "--install", "build"
  end

  test do
    (testpath/"a.srt").write 'policy a { allow read "/usr"; }'
    system bin/"srtc", "compile", "a.srt", "-o", "a.srtb"
    assert_match "linux-6.12", shell_output("#{bin}/srt-dump a.srtb")
  end
end
