#include "seal/chain.hpp"

#include <gtest/gtest.h>

#include <set>

namespace burstd::seal {
namespace {

Bytes octets_of(std::string_view text) { return {text.begin(), text.end()}; }

Bytes form(const Fields& fields) { return {fields.octets().begin(), fields.octets().end()}; }

TEST(KeyedDigest, IsAnHmacUnderAKeyOfItsPurpose) {
  const Bytes key(32, 0x0B);
  Fields fields;
  fields.add("8944").add("1234");
  EXPECT_EQ(keyed_digest(key, "pin", fields), "bb9db597fc219e9bb44ba7d239caf6fd12c8c436628c288432e2e28158133ce9");
}

TEST(KeyedDigest, DependsOnKeyPurposeAndEveryField) {
  const Bytes key(32, 1), other_key(32, 2);
  Fields fields, other_fields;
  fields.add("8944").add("1234");
  other_fields.add("89441").add("234");
  const std::string digest = keyed_digest(key, "pin", fields);
  EXPECT_EQ(keyed_digest(key, "pin", fields), digest);
  EXPECT_NE(keyed_digest(other_key, "pin", fields), digest);
  EXPECT_NE(keyed_digest(key, "puk", fields), digest);
  EXPECT_NE(keyed_digest(key, "pin", other_fields), digest);
}

TEST(Digest, IsSha256InLowerCase) {
  EXPECT_EQ(digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(digest(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Chain, IsHmacSha256OverThePreviousSealAndTheRow) {
  // HMAC-SHA-256 of 32 zero octets, kind 2, the length 3 in 8 octets, "abc", computed independently.
  Fields row;
  row.add("abc");
  const Seal seal = chain(octets_of("key"), no_seal, row);
  EXPECT_EQ(base::to_hex(seal), "3DFBC3DF777BEA5AF981A899039089E7A0C5335101919DEE80DEA8596751FFCF");
}

TEST(Chain, ChangesWithTheKeyThePreviousSealAndTheRow) {
  Fields row, other;
  row.add("queued").add(7);
  other.add("queued").add(8);
  const Seal first = chain(octets_of("key"), no_seal, row);
  std::set<Seal> seen{first};
  seen.insert(chain(octets_of("kez"), no_seal, row));
  seen.insert(chain(octets_of("key"), first, row));
  seen.insert(chain(octets_of("key"), no_seal, other));
  EXPECT_EQ(seen.size(), 4U);
  EXPECT_EQ(chain(octets_of("key"), no_seal, row), first);
}

TEST(Fields, NoTwoDifferentRowsHaveTheSameForm) {
  const std::optional<std::string> nothing, empty("");
  std::set<Bytes> forms;
  forms.insert(form(Fields().add("ab").add("c")));
  forms.insert(form(Fields().add("a").add("bc")));
  forms.insert(form(Fields().add("abc")));
  forms.insert(form(Fields().add(nothing).add("abc")));
  forms.insert(form(Fields().add(empty).add("abc")));
  forms.insert(form(Fields().add("abc").add(nothing)));
  forms.insert(form(Fields().add(octets_of("abc"))));
  forms.insert(form(Fields().add(1)));
  forms.insert(form(Fields().add(-1)));
  forms.insert(form(Fields().add(std::string(8, '\0'))));
  forms.insert(form(Fields().add(0)));
  EXPECT_EQ(forms.size(), 11U);
}

TEST(Fields, IntegersAreEightOctetsMostSignificantFirst) {
  EXPECT_EQ(base::to_hex(Fields().add(258).octets()), "0100000000000000080000000000000102");
  EXPECT_EQ(base::to_hex(Fields().add(-1).octets()), "010000000000000008FFFFFFFFFFFFFFFF");
}

TEST(Commitment, BindsNumberTextAndSalt) {
  const Bytes salt = random_bytes(salt_size);
  const Seal made = commitment(salt, "+447700900123", "Hello");
  EXPECT_EQ(commitment(salt, "+447700900123", "Hello"), made);
  EXPECT_NE(commitment(salt, "+447700900124", "Hello"), made);
  EXPECT_NE(commitment(salt, "+447700900123", "Hello!"), made);
  EXPECT_NE(commitment(salt, "+44770090012", "3Hello"), made);
  EXPECT_NE(commitment(random_bytes(salt_size), "+447700900123", "Hello"), made);
  EXPECT_NE(commitment({}, "+447700900123", "Hello"), made);
}

TEST(RandomBytes, AreAsManyAsAskedAndNeverTheSame) {
  std::set<Bytes> seen;
  for (int i = 0; i < 100; ++i) seen.insert(random_bytes(16));
  EXPECT_EQ(seen.size(), 100U);
  EXPECT_EQ(seen.begin()->size(), 16U);
  EXPECT_TRUE(random_bytes(0).empty());
}

TEST(Equal, ComparesContentAndLength) {
  EXPECT_TRUE(equal(octets_of("abc"), octets_of("abc")));
  EXPECT_FALSE(equal(octets_of("abc"), octets_of("abd")));
  EXPECT_FALSE(equal(octets_of("abc"), octets_of("ab")));
  EXPECT_TRUE(equal(Bytes{}, Bytes{}));
}

}  // namespace
}  // namespace burstd::seal
