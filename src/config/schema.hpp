// A section of the configuration as a table: key → how its text becomes a member of a struct. sections.cpp and
// drivers.cpp write such tables; whoever adds an option adds a row. There is no second place that knows the keys:
// reading, "did you mean", required keys and the list for the reference all come from the rows.
#pragma once

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <optional>
#include <set>
#include <type_traits>

#include "base/result.hpp"
#include "config/slot.hpp"

namespace burstd::config {

template <class T>
struct Field {
  std::string_view key;
  std::function<void(const Slot&, T&)> take;
  bool required = false;
  std::vector<std::string> below;  // "name", "users": the keys inside, for the list of all keys
};

template <class T>
class Section {
 public:
  using Check = std::function<void(const Slot&, const T&)>;  // what concerns more than one key

  Section(std::initializer_list<Field<T>> fields, Check whole = {}) : x_fields(fields), x_whole(std::move(whole)) {}

  void read(const Slot& slot, T& into) const {
    std::set<std::string> seen;
    const bool is_told = !slot.is_mapping() && !slot.is_empty();  // that it is no group of keys
    for (const Entry& entry : slot.entries_of(names())) {
      seen.insert(entry.key);
      const auto field = std::ranges::find(x_fields, entry.key, &Field<T>::key);
      field->take(entry.value, into);
    }
    if (is_told) return;
    for (const auto& field : x_fields) {
      if (field.required && !seen.contains(std::string(field.key))) {
        slot.complain("\"" + std::string(field.key) + "\" is missing");
      }
    }
    if (x_whole) x_whole(slot, into);
  }

  // "socket", "modems.name"
  std::vector<std::string> keys() const {
    std::vector<std::string> out;
    for (const auto& field : x_fields) {
      out.emplace_back(field.key);
      for (const auto& inner : field.below) out.push_back(std::string(field.key) + "." + inner);
    }
    return out;
  }

 private:
  std::vector<std::string_view> names() const {
    std::vector<std::string_view> out;
    for (const auto& field : x_fields) out.push_back(field.key);
    return out;
  }

  std::vector<Field<T>> x_fields;
  Check x_whole;
};

namespace detail {

template <class Member>
constexpr bool is_optional = false;
template <class Value>
constexpr bool is_optional<std::optional<Value>> = true;

// The value of a scalar, or nothing after a complaint.
template <class Parser>
auto parsed(const Slot& slot, const Parser& parser) {
  using Value = typename std::invoke_result_t<const Parser&, const std::string&>::value_type;
  std::optional<Value> out;
  const auto text = slot.scalar();
  if (!text) return out;
  auto read = parser(*text);
  if (read) {
    out = std::move(*read);
  } else {
    slot.complain(read.error().sentence);
  }
  return out;
}

// Those of a list that are sound.
template <class Parser>
auto parsed_all(const Slot& slot, const Parser& parser) {
  std::vector<typename std::invoke_result_t<const Parser&, const std::string&>::value_type> all;
  for (const Slot& item : slot.items()) {
    if (auto one = parsed(item, parser)) all.push_back(std::move(*one));
  }
  return all;
}

}  // namespace detail

// `member` is a pointer to a member, or a function from the struct to a reference into it.
template <class T, class Member, class Parser>
Field<T> value(std::string_view key, Member member, Parser parser) {
  const auto take = [member, parser](const Slot& slot, T& into) {
    auto& target = std::invoke(member, into);
    const bool may_be_empty = detail::is_optional<std::remove_cvref_t<decltype(target)>>;
    if (may_be_empty && slot.is_empty()) return;
    if (auto read = detail::parsed(slot, parser)) target = std::move(*read);
  };
  return {key, take, false, {}};
}

template <class T, class Member, class Parser>
Field<T> required(std::string_view key, Member member, Parser parser) {
  auto field = value<T>(key, member, parser);
  field.required = true;
  return field;
}

struct Unchecked {
  void operator()(const auto&, const auto&) const {}
};

// A list of scalars, none of them twice. What stands there takes the place of the default. `whole` may complain about
// all of it.
template <class T, class Member, class Parser, class Whole = Unchecked>
Field<T> list(std::string_view key, Member member, Parser parser, Whole whole = {}) {
  const auto take = [member, parser, whole](const Slot& slot, T& into) {
    auto& target = std::invoke(member, into);
    target.clear();
    for (const Slot& item : slot.items()) {
      auto read = detail::parsed(item, parser);
      if (!read) continue;
      const bool twice = std::ranges::find(target, *read) != target.end();
      if (twice) item.complain("stands twice in the list");
      if (!twice) target.push_back(std::move(*read));
    }
    whole(slot, target);
  };
  return {key, take, false, {}};
}

// A mapping that is a struct of its own.
template <class T, class Member, class Inner>
Field<T> section(std::string_view key, Member member, const Section<Inner>& inner) {
  const auto take = [member, inner](const Slot& slot, T& into) { inner.read(slot, std::invoke(member, into)); };
  return {key, take, false, inner.keys()};
}

// The same where nothing at all ("~") means that there is none: what the section requires is required only of one.
template <class T, class Member, class Inner>
Field<T> optional_section(std::string_view key, Member member, const Section<Inner>& inner) {
  auto field = section<T>(key, member, inner);
  field.take = [take = std::move(field.take)](const Slot& slot, T& into) {
    if (!slot.is_empty()) take(slot, into);
  };
  return field;
}

// A list of mappings, of which no two have the same `identity`: the member that is its name, or a function that says
// what makes it one; nothing is told of an empty one. What stands there takes the place of the default.
template <class T, class Member, class Inner, class Identity>
Field<T> sections(std::string_view key, Member member, const Section<Inner>& inner, Identity identity) {
  const bool is_name = std::is_member_object_pointer_v<Identity>;
  const auto take = [member, inner, identity](const Slot& slot, T& into) {
    auto& target = std::invoke(member, into);
    target.clear();
    for (const Slot& item : slot.items()) {
      Inner one;
      inner.read(item, one);
      const std::string self = std::invoke(identity, one);
      const bool twice = !self.empty() && std::ranges::find(target, self, identity) != target.end();
      if (twice) item.complain("\"" + self + "\" " + (is_name ? "is the name of an earlier one" : "stands twice"));
      target.push_back(std::move(one));
    }
  };
  return {key, take, false, inner.keys()};
}

// A list in which this word may stand, or which is this word alone: it sets `flag`, and the rest is the list.
template <class T>
Field<T> or_word(Field<T> list, std::string_view word, std::function<bool&(T&)> flag) {
  list.take = [take = std::move(list.take), word, flag = std::move(flag)](const Slot& slot, T& into) {
    if (slot.is_scalar()) {
      flag(into) = slot.scalar() == word;
      if (!flag(into)) slot.complain("must be a list, or \"" + std::string(word) + "\"");
      return;
    }
    flag(into) = slot.holds(word);
    take(slot.without(word), into);
  };
  return list;
}

// A mapping from a name that the administrator chooses to a struct.
template <class T, class Member, class Parser, class Inner>
Field<T> named(std::string_view key, Member member, Parser name, const Section<Inner>& inner) {
  const auto take = [member, name, inner](const Slot& slot, T& into) {
    for (const Entry& entry : slot.entries()) {
      const auto read = name(entry.key);
      if (!read) entry.at_key.complain(read.error().sentence);
      Inner of_nobody;
      inner.read(entry.value, read ? std::invoke(member, into)[entry.key] : of_nobody);
    }
  };
  std::vector<std::string> below;
  for (const auto& inside : inner.keys()) below.push_back("NAME." + inside);
  return {key, take, false, below};
}

// A mapping from a name that the administrator chooses to a word that is true or false. The member is the set of the
// names for which it is true.
template <class T, class Member, class Parser, class Inner>
Field<T> named_flags(std::string_view key, Member member, Parser name, Inner inner) {
  const auto take = [member, name, inner](const Slot& slot, T& into) {
    for (const Entry& entry : slot.entries()) {
      const auto read = name(entry.key);
      if (!read) entry.at_key.complain(read.error().sentence);
      if (detail::parsed(entry.value, inner).value_or(false)) std::invoke(member, into).insert(entry.key);
    }
  };
  return {key, take, false, {"NAME"}};
}

// A mapping from a name that the administrator chooses to a scalar.
template <class T, class Member, class Parser, class Inner>
Field<T> named_values(std::string_view key, Member member, Parser name, Inner inner) {
  const auto take = [member, name, inner](const Slot& slot, T& into) {
    for (const Entry& entry : slot.entries()) {
      const auto read = name(entry.key);
      if (!read) entry.at_key.complain(read.error().sentence);
      if (auto value = detail::parsed(entry.value, inner)) std::invoke(member, into)[entry.key] = std::move(*value);
    }
  };
  return {key, take, false, {"NAME"}};
}

// A mapping from a name that the administrator chooses to a list of scalars.
template <class T, class Member, class Parser, class Inner>
Field<T> named_lists(std::string_view key, Member member, Parser name, Inner inner) {
  const auto take = [member, name, inner](const Slot& slot, T& into) {
    for (const Entry& entry : slot.entries()) {
      const auto read = name(entry.key);
      if (!read) entry.at_key.complain(read.error().sentence);
      auto all = detail::parsed_all(entry.value, inner);
      if (read) std::invoke(member, into)[entry.key] = std::move(all);
    }
  };
  return {key, take, false, {"NAME"}};
}

}  // namespace burstd::config
