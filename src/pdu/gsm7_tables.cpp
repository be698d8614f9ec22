#include "pdu/gsm7_tables.hpp"

#include <array>

namespace burstd::pdu {
namespace {

constexpr LockingTable standard_locking =
    u"@£$¥èéùìòÇ\nØø\rÅå"
    u"Δ_ΦΓΛΩΠΨΣΘΞ\x1BÆæßÉ"
    u" !\"#¤%&'()*+,-./"
    u"0123456789:;<=>?"
    u"¡ABCDEFGHIJKLMNO"
    u"PQRSTUVWXYZÄÖÑÜ§"
    u"¿abcdefghijklmno"
    u"pqrstuvwxyzäöñüà";
constexpr LockingTable turkish_locking =
    u"@£$¥€éùıòÇ\nĞğ\rÅå"
    u"Δ_ΦΓΛΩΠΨΣΘΞ\x1BŞşßÉ"
    u" !\"#¤%&'()*+,-./"
    u"0123456789:;<=>?"
    u"İABCDEFGHIJKLMNO"
    u"PQRSTUVWXYZÄÖÑÜ§"
    u"çabcdefghijklmno"
    u"pqrstuvwxyzäöñüà";
constexpr LockingTable portuguese_locking =
    u"@£$¥êéúíóç\nÔô\rÁá"
    u"Δ_ªÇÀ∞^\\€Ó|\x1BÂâÊÉ"
    u" !\"#º%&'()*+,-./"
    u"0123456789:;<=>?"
    u"ÍABCDEFGHIJKLMNO"
    u"PQRSTUVWXYZÃÕÚÜ§"
    u"~abcdefghijklmno"
    u"pqrstuvwxyzãõ`üà";
static_assert(standard_locking.size() == 128 && turkish_locking.size() == 128 && portuguese_locking.size() == 128);

constexpr std::array<Shifted, 10> standard_single{{{0x0A, u'\f'},
                                                   {0x14, u'^'},
                                                   {0x28, u'{'},
                                                   {0x29, u'}'},
                                                   {0x2F, u'\\'},
                                                   {0x3C, u'['},
                                                   {0x3D, u'~'},
                                                   {0x3E, u']'},
                                                   {0x40, u'|'},
                                                   {0x65, u'€'}}};
constexpr std::array<Shifted, 17> turkish_single{{{0x0A, u'\f'},
                                                  {0x14, u'^'},
                                                  {0x28, u'{'},
                                                  {0x29, u'}'},
                                                  {0x2F, u'\\'},
                                                  {0x3C, u'['},
                                                  {0x3D, u'~'},
                                                  {0x3E, u']'},
                                                  {0x40, u'|'},
                                                  {0x47, u'Ğ'},
                                                  {0x49, u'İ'},
                                                  {0x53, u'Ş'},
                                                  {0x63, u'ç'},
                                                  {0x65, u'€'},
                                                  {0x67, u'ğ'},
                                                  {0x69, u'ı'},
                                                  {0x73, u'ş'}}};
constexpr std::array<Shifted, 19> spanish_single{{{0x09, u'ç'},
                                                  {0x0A, u'\f'},
                                                  {0x14, u'^'},
                                                  {0x28, u'{'},
                                                  {0x29, u'}'},
                                                  {0x2F, u'\\'},
                                                  {0x3C, u'['},
                                                  {0x3D, u'~'},
                                                  {0x3E, u']'},
                                                  {0x40, u'|'},
                                                  {0x41, u'Á'},
                                                  {0x49, u'Í'},
                                                  {0x4F, u'Ó'},
                                                  {0x55, u'Ú'},
                                                  {0x61, u'á'},
                                                  {0x65, u'€'},
                                                  {0x69, u'í'},
                                                  {0x6F, u'ó'},
                                                  {0x75, u'ú'}}};
constexpr std::array<Shifted, 37> portuguese_single{
    {{0x05, u'ê'}, {0x09, u'ç'}, {0x0A, u'\f'}, {0x0B, u'Ô'}, {0x0C, u'ô'}, {0x0E, u'Á'}, {0x0F, u'á'}, {0x12, u'Φ'},
     {0x13, u'Γ'}, {0x14, u'^'}, {0x15, u'Ω'},  {0x16, u'Π'}, {0x17, u'Ψ'}, {0x18, u'Σ'}, {0x19, u'Θ'}, {0x1F, u'Ê'},
     {0x28, u'{'}, {0x29, u'}'}, {0x2F, u'\\'}, {0x3C, u'['}, {0x3D, u'~'}, {0x3E, u']'}, {0x40, u'|'}, {0x41, u'À'},
     {0x49, u'Í'}, {0x4F, u'Ó'}, {0x55, u'Ú'},  {0x5B, u'Ã'}, {0x5C, u'Õ'}, {0x61, u'Â'}, {0x65, u'€'}, {0x69, u'í'},
     {0x6F, u'ó'}, {0x75, u'ú'}, {0x7B, u'ã'},  {0x7C, u'õ'}, {0x7F, u'â'}}};

constexpr std::array<SeptetCode, 256> make_latin_codes() {
  std::array<SeptetCode, 256> codes{};
  for (std::size_t septet = 0; septet < standard_locking.size(); ++septet) {
    const char16_t point = standard_locking[septet];
    if (septet != escape && point < codes.size()) codes[point] = SeptetCode{1, static_cast<std::uint8_t>(septet)};
  }
  for (const Shifted& row : standard_single) {
    if (row.point < codes.size()) codes[row.point] = SeptetCode{2, row.septet};
  }
  return codes;
}

}  // namespace

constexpr std::array<SeptetCode, 256> latin_codes = make_latin_codes();

LockingTable locking_table(Language language) {
  if (language == Language::turkish) return turkish_locking;
  return language == Language::portuguese ? portuguese_locking : standard_locking;
}

std::span<const Shifted> single_table(Language language) {
  if (language == Language::turkish) return turkish_single;
  if (language == Language::spanish) return spanish_single;
  if (language == Language::portuguese) return portuguese_single;
  return standard_single;
}

}  // namespace burstd::pdu
