#include "clinic/composing.hpp"

#include <algorithm>

#include "clinic/completion.hpp"
#include "clinic/groups.hpp"
#include "clinic/template_shelf.hpp"
#include "store/groups.hpp"

namespace burstd::clinic {

namespace {

base::Error group_empty(const std::string& name) {
  return base::Error{base::Fault::conflict, "group-empty",
                     "The group '" + name + "' has no members, so there is nobody to send to."};
}

base::Error group_too_large(const std::string& name, std::size_t most) {
  return base::Error{base::Fault::conflict, "group-too-large",
                     "The group '" + name + "' has more members than a burst may have rows (" + std::to_string(most) +
                         "); divide it."};
}

base::Result<std::vector<burst::Recipient>> recipients_of_group(const store::Connection& connection,
                                                                const std::string& name, std::size_t most) {
  const auto group = store::find_group(connection, name);
  if (!group) return unknown_group(name);
  if (group->size == 0) return group_empty(name);
  if (group->size > most) return group_too_large(name, most);
  std::vector<burst::Recipient> recipients;
  recipients.reserve(group->size);
  for (store::Member& member : store::members_of(connection, group->key)) {
    burst::Recipient& recipient = recipients.emplace_back();
    recipient.patient = std::move(member.patient);
    recipient.patient_name = std::move(member.patient_name);
    recipient.to = std::move(member.typed);
  }
  return recipients;
}

bool says_clinic(const burst::Recipient& row) { return row.fields.contains("clinic"); }

}  // namespace

base::Result<Composed> compose(const store::Connection& connection, const BurstDraft& draft, const Options& options,
                               const Templates& templates) {
  NamedTemplate named;
  if (draft.text) {
    named.text = named.anonymous = *draft.text;
  } else {
    auto known = find_template(connection, templates, draft.template_name.value_or(""));
    if (!known) return known.error();
    named = std::move(*known);
  }
  auto recipients = draft.group ? recipients_of_group(connection, *draft.group, options.most_rows)
                                : base::Result<std::vector<burst::Recipient>>(draft.recipients);
  if (!recipients) return recipients.error();
  const bool is_signed = !options.clinic_name.empty() || std::ranges::any_of(*recipients, says_clinic);
  const auto text = burst::Template::parse(is_signed ? named.text : named.anonymous);
  if (!text) return text.error();
  const Completion completion(options, *text, draft.timezone.value_or(options.timezone));
  for (burst::Recipient& recipient : *recipients) completion.complete(recipient);
  return Composed{*text, named.max_segments, std::move(*recipients)};
}

}  // namespace burstd::clinic
