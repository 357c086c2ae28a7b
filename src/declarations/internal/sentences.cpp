// The sentence of every fault in English; other languages stand in locales/<tag>/problems.yaml.

#include <algorithm>
#include <array>

#include "core/check.h"
#include "declarations/internal/faults.h"

namespace duban::declarations {

namespace {

using Sentence = std::pair<std::string_view, std::string_view>;

// Sorted by code. A word in braces that is no parameter of the fault stands as it is written.
constexpr std::array kSentences = std::to_array<Sentence>({
    {"action.backfill_is_implicit",
     "Every procedure has backfill already. Give this action another name."},
    {"action.changes_what_ended",
     "\"{action}\" changes fields of entries that ended in \"{state}\". Is that meant?"},
    {"action.need_unknown",
     "\"{name}\" is neither a field nor an input of this action. Correct it or add the input."},
    {"action.never_caused",
     "Only the procedure may take \"{action}\", and no opens or acts of any register does. Add "
     "one, or name who takes it."},
    {"action.no_open", "There is no action open, so no entry could ever begin. Add it."},
    {"action.no_signatures",
     "\"{key}\" speaks of signatures, and the action has none. Declare signatures or remove it."},
    {"action.nobody_can",
     "Nobody can take \"{action}\": whoever may is kept apart by apart_from, or one person would "
     "have to sign twice. Add another role."},
    {"action.open_has_no_way",
     "open makes an entry in the initial state; it has no \"{key}\". Remove it."},
    {"action.reserved",
     "Duban itself does \"{name}\" in every register. Give this action another name."},
    {"action.returns_and_to", "An action has returns or to, not both. Remove one."},
    {"action.returns_without_reason",
     "Who returns an entry says why. Add inputs: {reason: {type: long_text, required: true}}."},
    {"action.unit_no_unit",
     "\"{name}\" gives no unit. Name a unit field, or an input of type unit, of an action on an "
     "entry."},
    {"action.unknown", "There is no action \"{name}\". Correct it or declare the action."},
    {"acts.no_action", "The register \"{register}\" has no action \"{name}\". Correct it."},
    {"acts.no_link", "\"{name}\" is no link field of this register. Name a link or links field."},
    {"acts.wants_signatures",
     "\"{name}\" of the register \"{register}\" wants signatures, which no other action can give. "
     "Name an action without signatures."},
    {"control.bad_since", "since is a date, as in 2023-09-01. Write it so."},
    {"control.counts_of_figure",
     "A figure says by counts: which reasons its numerator counts; no other control has it. "
     "Add it, or remove it."},
    {"control.header_without_key",
     "A header line reads key: value. Write it so, or move the remark into README.md."},
    {"control.no_query", "No query follows the header. Write one SELECT."},
    {"control.reasons_missing",
     "The reasons of this control have no words in other languages. Select a code as reason, and "
     "add reasons: {code: {zh: …, en: …}} to the header."},
    {"control.reasons_of_figure",
     "The groups of a figure have their words in messages, as counted.<group>. Move them there."},
    {"control.sums_of_figure",
     "A figure says by sums: which of its facts are added up; no other control has it. Remove it."},
    {"control.twice", "The control \"{name}\" is declared by two packs. Rename one."},
    {"deadline.due_no_date", "\"{name}\" is no open date field. Name one that is."},
    {"deadline.due_or_term", "A deadline has either due or term. Keep one of them."},
    {"deadline.first_no_date",
     "\"{name}\" is no open date field that only the procedure sets. Name one that is."},
    {"deadline.half_a_pause",
     "A deadline that pauses has pauses, resumes and pause_reasons. Add what is missing."},
    {"deadline.lights_out_of_order",
     "Blue must begin earlier than yellow: more days before the last day. Correct the numbers."},
    {"deadline.one_unit", "A term counts in one of days, workdays, months. Keep one."},
    {"difference.action_added", "action {action} is new: by {by}, from {from} to {to}"},
    {"difference.action_changed", "{action}: {key} {from} → {to}"},
    {"difference.action_removed", "action {action} is dropped"},
    {"difference.control_added", "control {control} is new"},
    {"difference.control_changed", "control {control} judges otherwise than before"},
    {"difference.control_removed", "control {control} is dropped"},
    {"difference.deadline_added", "deadline {deadline} is new"},
    {"difference.deadline_changed", "deadline {deadline}: {key} {from} → {to}"},
    {"difference.deadline_removed", "deadline {deadline} is dropped"},
    {"difference.field_added", "field {field} is new"},
    {"difference.field_changed", "field {field}: {key} {from} → {to}"},
    {"difference.field_removed", "field {field} is dropped with its values"},
    {"difference.field_renamed", "field {from} is now called {to}"},
    {"difference.parameter_added", "parameter {parameter} is new"},
    {"difference.parameter_changed", "parameter {parameter}: {key} {from} → {to}"},
    {"difference.parameter_removed", "parameter {parameter} is dropped"},
    {"difference.register_added", "register {register} is new"},
    {"difference.register_changed", "{register}: {key} {from} → {to}"},
    {"difference.register_removed", "register {register} is dropped with its entries"},
    {"difference.register_renamed", "register {from} is now called {to}"},
    {"difference.state_added", "state {state} is new"},
    {"difference.state_changed", "state {state} has another meaning (final, ending or backfill)"},
    {"difference.state_removed", "state {state} is dropped; entries may stand in it"},
    {"difference.version", "version {from} → {to}"},
    {"effects.too_deep",
     "Starting with \"{action}\", actions open or act on each other more than {most} deep. Shorten "
     "the chain."},
    {"field.bad_default",
     "The default is no value of this type, or the type takes none. Correct it or leave it out."},
    {"field.cannot_be_set",
     "\"{name}\" cannot be set: it is computed or has several values. Remove it from set."},
    {"field.column_clash",
     "\"{name}\" would have the column {column}, which belongs to \"{other}\". Rename it."},
    {"field.key_not_for_type",
     "\"{key}\" does not belong to the type {type}. Remove it or change the type."},
    {"field.key_not_here", "\"{key}\" does not apply here. Remove it."},
    {"field.never_filled",
     "\"{name}\" is required, but open does not fill it. Add it to open's fields, give it a "
     "default, or use need: in the action that fills it."},
    {"field.never_set",
     "Only the procedure may fill \"{name}\", and nothing does. Add a set: or let people fill it."},
    {"field.sealed_in_the_open",
     "A sealed field cannot have \"{key}\": it would show what is sealed. Remove one of the two."},
    {"field.set_by_procedure",
     "\"{name}\" is filled by the procedure, not by people. Take it out of fields."},
    {"field.table_name_too_long",
     "The table {table} would have more than {most} characters. Shorten the register's or the "
     "field's name."},
    {"field.two_title_fields", "\"{other}\" is the title field already. Keep one."},
    {"field.type_not_here",
     "\"{name}\" is of a type that rows and inputs do not take. Use a simple type."},
    {"field.unknown", "The register has no field \"{name}\". Correct it or declare the field."},
    {"file.control_character", "A control character stands here. Remove it."},
    {"file.not_utf8", "The file is not UTF-8 from here on. Save it as UTF-8."},
    {"file.too_large", "The file is larger than {most} bytes. Split it."},
    {"hint.nearest", "Did you mean \"{nearest}\"?"},
    {"input.reserved", "\"{name}\" is an input that Duban asks for itself. Use another name."},
    {"key.duplicate", "\"{key}\" stands here twice. Keep one of them."},
    {"key.missing", "\"{key}\" is missing. Add it."},
    {"key.unknown", "There is no key \"{name}\" here. Remove it or correct it."},
    {"layout.field_twice", "\"{name}\" stands in a section already. Name it once."},
    {"message.bad_code", "A code is thing.reason, as in post.paid. Write it so."},
    {"message.missing", "The code \"{code}\" has no sentence. Add it to messages in pack.yaml."},
    {"message.twice", "The code \"{code}\" has sentences in two packs. Rename one."},
    {"name.keyword",
     "\"{name}\" is a keyword of SQL and would break rules. Use another name, such as one with a "
     "second word."},
    {"name.malformed",
     "\"{name}\" is no name: 2 to 41 of a-z, 0-9 and _, beginning with a letter. Rename it."},
    {"name.reserved",
     "\"{name}\" is a column that every register has or a database adds. Use another name."},
    {"name.reserved_prefix",
     "Names beginning with d_, pg_ or sqlite_ are reserved. Rename \"{name}\"."},
    {"number.bad_format",
     "A number format has {seq} or {seq:4} once, and beside it {year} and {unit}. Correct it."},
    {"opens.each_no_rows", "\"{name}\" is no list of rows of this register. Name one."},
    {"opens.missing_field", "The register \"{register}\" requires \"{name}\". Add it to set."},
    {"opens.type_differs",
     "\"{name}\" of \"{register}\" takes another type than what is handed over. Hand over a value "
     "of its type."},
    {"opens.unknown_field",
     "The register \"{register}\" has no field \"{name}\" that can be handed over. Correct it."},
    {"opens.unknown_source",
     "\"{name}\" is no field of this register or input of this action. Correct it."},
    {"pack.bad_version", "A version is three numbers, as in 1.0.0. Write it so."},
    {"pack.needs_missing",
     "The pack needs \"{name}\", which is not there. Adopt it first or leave it out of needs."},
    {"pack.no_pack_file", "The pack has no pack.yaml. Add one with name and version."},
    {"pack.stray_file",
     "This file is no part of a declaration and is not read. Move it to sample/ or rename it."},
    {"pack.twice", "There are two packs called \"{name}\". Rename one."},
    {"parameter.cannot_count",
     "The parameter \"{name}\" cannot count: it must be an integer with least: 1 or more. Correct "
     "it in pack.yaml."},
    {"parameter.unknown",
     "The pack has no parameter \"{name}\". Correct it or add it to parameters in pack.yaml."},
    {"register.bad_row", "\"{text}\" is no row of the mission, such as M43. Correct it."},
    {"register.bad_way",
     "\"{text}\" is no link field by which a register names entries of {name}. Correct it."},
    {"register.table_clash", "Two tables would be called \"{table}\". Rename a register or a field."
    },
    {"register.twice", "The register \"{name}\" is declared twice. Rename one."},
    {"register.unknown",
     "There is no register \"{name}\". Correct it or add the pack that has it to needs."},
    {"role.malformed",
     "\"{role}\" is no role: place.role with a place of unit, parent, district, office, leader, "
     "outside; or self. Correct it."},
    {"role.twice", "The role \"{name}\" is declared by two packs. Keep one."},
    {"role.unknown", "No pack declares the role \"{name}\". Correct it or declare it in pack.yaml."
    },
    {"sample.bad_day", "This is no day. Write it as in 2026-12-01."},
    {"sample.computed", "\"{name}\" is computed from the other fields. Leave it out."},
    {"sample.entry_twice", "An entry is called \"{name}\" already. Give this one another name."},
    {"sample.no_control",
     "No control \"{name}\" of this pack finds entries. Correct it; a figure finds none."},
    {"sample.no_entry",
     "No entry of the register \"{register}\" is called \"{name}\" in this file. Correct it or "
     "add the entry."},
    {"state.dead_end",
     "Nothing leads on from \"{state}\", and it says final: false. Add an action or make it final."
    },
    {"state.final_unsaid",
     "Every action from \"{state}\" stays in it, so it counts as final and nothing is due in it. "
     "Write final: true, or final: false where its deadlines go on."},
    {"state.unknown", "The procedure has no state \"{name}\". Correct it or declare the state."},
    {"state.unreachable",
     "No action leads to \"{state}\" from the initial state. Add one, remove the state, or write "
     "backfillable: true where only a backfill sets it."},
    {"texts.bad_tag", "\"{tag}\" is no language tag. Use zh, en or another tag of BCP 47."},
    {"texts.not_a_map", "A text is a map by language, as in {zh: …, en: Draft}. Write it so."},
    {"title.missing",
     "{count} titles are missing. Give register, fields, states and actions a title in each "
     "language."},
    {"value.count", "There must be 1 to {most} of them. Add or remove some."},
    {"value.empty", "\"{key}\" has no value. Give it one or leave the key out."},
    {"value.list_empty", "The list is empty. Name at least one or leave the key out."},
    {"value.not_boolean", "true or false must stand here, without quotes. Write one of them."},
    {"value.not_integer", "A whole number from {least} to {most} must stand here. Correct it."},
    {"value.not_list", "A list must stand here. Write it as [a, b] or as lines with dashes."},
    {"value.not_map", "A map of keys and values must stand here. Write it as key: value."},
    {"value.not_text", "Text must stand here. Write one word or quote the text."},
    {"value.repeated", "\"{text}\" is named twice. Remove one."},
    {"value.text_length", "The text must have 1 to {most} characters. Shorten it or fill it in."},
    {"value.too_many", "There are more than {most}. Split them up."},
    {"value.unknown_word", "\"{text}\" is not one of: {known}. Choose one of them."},
    {"view.unknown_column", "\"{name}\" can be no column of a view. Correct it."},
    {"view.unknown_filter",
     "A view cannot be filtered by \"{name}\". Name unit, state, due or an open field with one "
     "value."},
    {"view.unknown_sort",
     "A view cannot be sorted by \"{name}\". Name a column of the entry or an open field with one "
     "value."},
    {"yaml.alias", "Aliases (*) are not allowed. Write the value out here."},
    {"yaml.anchor", "Anchors (&{name}) are not allowed. Write the value out in each place."},
    {"yaml.empty", "The file is empty. Write the declaration or remove the file."},
    {"yaml.key_not_text", "A key must be a word. Write it without brackets."},
    {"yaml.malformed", "This is not YAML: {reason}. Correct the text here or just before it."},
    {"yaml.several_documents",
     "A file holds one document. Move what follows into a file of its own."},
    {"yaml.tag", "The tag {tag} is not allowed. Remove it."},
    {"yaml.too_deep", "Nested deeper than {most} levels. Flatten this part."},
});

std::string_view find_sentence(std::string_view code) {
    const auto found =
        std::lower_bound(kSentences.begin(), kSentences.end(), code, [](auto& one, auto wanted) {
            return one.first < wanted;
        });
    core::check(
        found != kSentences.end() && found->first == code, "every fault code has its sentence"
    );
    return found->second;
}

std::string filled(std::string_view sentence, const core::Params& params) {
    std::string text;
    while (!sentence.empty()) {
        const auto open = sentence.find('{');
        text += sentence.substr(0, open);
        if (open == std::string_view::npos) {
            break;
        }
        const auto close = sentence.find('}', open);
        const std::string name{sentence.substr(open + 1, close - open - 1)};
        const auto param = params.find(name);
        if (param != params.end()) {
            text += param->second;
            sentence.remove_prefix(close + 1);
        } else {
            text += '{';
            sentence.remove_prefix(open + 1);
        }
    }
    return text;
}

}  // namespace

std::string sentence_of(std::string_view code, const core::Params& params) {
    std::string text = filled(find_sentence(code), params);
    if (params.contains("nearest")) {
        text += " " + filled(find_sentence("hint.nearest"), params);
    }
    return text;
}

std::vector<std::pair<std::string_view, std::string_view>> sentences() {
    return {kSentences.begin(), kSentences.end()};
}

}  // namespace duban::declarations
