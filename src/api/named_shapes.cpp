#include "api/internal/named_shapes.h"

#include <array>

namespace duban::api::internal {

namespace {

constexpr std::array kNamedShapes = std::to_array<NamedShape>({
    {"problem",
     "{type: text, title: text, status: integer, detail: text, instance: text, code: text, params: "
     "{..: text}, errors: [{pointer: text, code: text, detail: text, params: {..: text}}]}"},
    {"texts", "{..: text}"},
    {"labels", "{..: label}"},
    {"label", "name_label or entry_label or restricted_label or file_label"},
    {"name_label", "{kind: person|unit, text: text}"},
    {"entry_label", "{kind: =entry, register: text, number: text, text: text, state: text}"},
    {"restricted_label", "{kind: =entry, restricted: =true}"},
    {"file_label", "{kind: =file, text: text, size: integer, type: text}"},
    {"total", "{count: integer, exact: boolean}"},
    {"light", "green|blue|yellow|red|paused|stopped"},

    // Section 3
    {"session",
     "{person: id, name: text, account: text, language: text, org: {id: integer, name: text, "
     "time_zone: text, currency: text, today: date}, demo: boolean, standings: [standing], "
     "administrator: "
     "[system|security|audit], must_change_password: boolean, second_factor: {enrolled: boolean, "
     "given_at: instant?}}"},
    {"standing",
     "{post: id, unit: id, unit_name: text, role: text, outside: boolean, signed_for: id?}"},
    {"token",
     "{id: id, title: text, scope: read|act, created_at: instant, expires_at: instant, "
     "revoked_at: instant?}"},

    // Section 4
    {"field",
     "{name: text, type: text, title: texts, help: texts?, required: boolean, sealed: boolean, "
     "set_by: person|procedure, max: integer, scale: integer, choices: [choice], many: boolean, "
     "to: text?, rows: [field], default: any}"},
    {"choice", "{code: text, title: texts}"},
    {"action",
     "{name: text, title: texts, from: [text], to: text?, returns: boolean, by: [text], fields: "
     "[text], need: [text], inputs: [field], signatures: [{by: text, count: integer, title: "
     "texts}], kinds: [own|delegated|paper], blind: boolean, second_factor: boolean, apart_from: "
     "[text], confirm: boolean}"},
    {"declaration",
     "{name: text, pack: text, version: text, digest: hash, title: texts, entry_title: texts, "
     "home: text, sealed: boolean, number: number_format?, fields: [field], states: [{name: text, "
     "title: texts, final: boolean, ended_otherwise: boolean}], actions: [action], deadlines: "
     "[{name: text, title: texts, holder: text, pauses: [text], resumes: [text], pause_reasons: "
     "[choice]}], views: [view], layout: [{name: text, title: texts, fields: [text], folded: "
     "boolean}]}"},
    {"number_format", "{format: text, at: text}"},
    {"view",
     "{name: text, title: texts, columns: [text], filters: [text], sorts: [text], states: "
     "[text]}"},

    // Sections 5 and 6
    {"due", "{on: date, light: light, sign: text?, word: text?}"},
    {"head",
     "{id: id, number: text?, title: text, unit: id, state: text, revision: integer, changed_at: "
     "instant}"},
    {"row",
     "{id: id, number: text?, title: text, unit: id, state: text, revision: integer, changed_at: "
     "instant, fields: object, due: due?}"},
    {"any_entry",
     "{register: text, id: id, number: text?, title: text, unit: id, state: text, revision: "
     "integer, opened_at: instant, opened_by: id, changed_at: instant, fields: object, sealed: "
     "[text], deadlines: [deadline], round: round?, actions: [offer], papers: [paper_offer], next: "
     "[{action: text, by: text, people: [id]}], labels: labels}"},
    {"entry", "any_entry"},  // with registers adopted, one of theirs (register_schemas.h)
    {"deadline",
     "{name: text, holder: text, started_on: date, first_on: date, due_on: date, provisional: "
     "boolean, paused_on: date?, stopped_on: date?, light: light, sign: text?, word: text?}"},
    {"round",
     "{action: text, signatures_given: integer, signatures_wanted: integer, signatures: "
     "[round_signature]}"},
    {"signature",
     "{kind: own|delegated|paper, person: id?, post: id?, role: text, signed_for: id?, words: "
     "text?, signed_on: date?, scan: hash?, at: instant, recorded_by: id?, compared_by: id?}"},
    {"round_signature",
     "{id: id, counts: boolean, kind: own|delegated|paper, person: id?, post: id?, role: text, "
     "signed_for: id?, words: text?, signed_on: date?, scan: hash?, at: instant, recorded_by: id?, "
     "compared_by: id?}"},
    {"offer",
     "{name: text, post: id?, role: text, signed_for: id?, signatures_given: integer, "
     "signatures_wanted: integer, compares: [id]}"},
    {"paper_offer",
     "{action: text, way: record_paper|compare_paper, signature: id?, post: id?, role: text?, "
     "signed_for: id?}"},
    {"money", "{minor: integer, currency: text}"},

    // Section 7
    {"doing",
     "{unit?: id?, post?: id?, fields?: object?, inputs?: object?, words?: text?, paper?: paper?, "
     "backfill?: backfill?}",
     Members::Closed},
    {"paper",
     "{signer?: id?, signed_on?: date?, words?: text?, scan?: hash?, compares?: id?}",
     Members::Closed},
    {"backfill", "{decision: id, state?: text?, claimed_on?: date?, paper?: text?}", Members::Closed
    },

    // Section 8
    {"record",
     "{position: integer, revision: integer, action: text, kind: text, on: date, recorded_at: "
     "instant, claimed_at: instant?, decision: id?, actor: id?, post: id?, state_before: text?, "
     "state_after: text, changes: [change], inputs: [change], signatures: [signature], caused_by: "
     "cause or restricted or null, leaf: hash, hidden: =false}"},
    {"hidden_record",
     "{position: integer, revision: integer, action: text, kind: text, hidden: =true}"},
    {"change", "{field: text, value: any}"},
    {"cause", "{register: text, entry: id, revision: integer}"},
    {"restricted", "{restricted: =true}"},
    {"certificate",
     "{format: text, register: text, entry: id, checkpoint: text, verifier_key: text, records: "
     "[{position: integer, leaf: text, blob: object, proof: [hash]}], declarations?: {..: text}, "
     "loosenings?: [{path: text, words: any, on: date, position: integer}], partial?: boolean}"},

    // Section 13
    {"span", "[integer]"},
    {"proposed_measure", "{marker: text?, heading: text, sentence: text, span: span}"},
    {"proposed_notice",
     "{kind: =notice, heading: text, issuer: text?, source: text?, dated_on: date?, window_from: "
     "date?, window_to: date?, inspecting_body: text?, feedback_on: date?, text_sha256: hash, "
     "paper: text?, parts: integer, items: [{part: text, area: text, marker: text, heading: text, "
     "span: span, measures: [proposed_measure]}], others: [proposed_measure]}"},
    {"proposed_feedback",
     "{kind: =feedback, text_sha256: hash, stated: any, inspection: object, problems: [{own_no: "
     "text?, area: text?, gist: text, words: text, span: span}]}"},
    {"mention", "{text: text, span: span}"},
    {"date_range", "{from: text, to: text, text: text, span: span}"},
    {"document",
     "{title: text?, issuer: text?, date: text?, source: text?, language: text, text_sha256: hash, "
     "text: text, outline: [{level: integer, marker: text, text: text, parent: integer, status: "
     "text?, span: span}], measures: [{parent: integer, marker: text, text: text, status: text?, "
     "span: span}], documents: [any], quantities: [{value: any, unit: text, approximate: boolean, "
     "ordinal: boolean, text: text, span: span}], dates: [any], window: any, contacts: {phone: "
     "[mention], email: [mention], postcode: [mention], address: [mention]}, inspection: {body: "
     "text?, target: text?, from: text?, to: text?, feedback: text?}, counts: [{what: text, value: "
     "any, unit: text, span: span}], diagnostics: [{code: text, text: text, explanation: text, "
     "span: span}], spans: {..: span?}}"},
    {"entered", "{entries: [{register: text, id: id, number: text?, state: text}]}"},
    {"statement",
     "{register: text, id: id, number: text?, title: text, unit: id, state: text, revision: "
     "integer, changed_at: instant, fields: object, due: due?}"},

    // Section 14
    {"unit_kind", "root|office|department|district|school|other"},
    {"unit", "{id: id, parent: id?, name: text, code: text, kind: unit_kind, from: date, to: date?}"
    },
    {"post", "{id: id, person: id, unit: id, role: text, outside: boolean, from: date, to: date?}"},
    {"division", "{id: id, leader: id, unit: id, area: text, from: date, to: date?}"},
    {"delegation", "{id: id, post: id, delegate: id, paper: text, from: date, to: date?}"},
    {"account",
     "{id: id, person: id, name: text, language: text, must_change_password: boolean, locked: "
     "boolean, second_factor: boolean}"},
    {"one_time_password", "{id: id, password: text}"},
    {"directory_sheet",
     "{head: [text], keys: [text], columns: {..: text}, lines: [{line: integer, does: "
     "nothing|add|change|waits, changed: [text], cells: [text]}], added: integer, changed: "
     "integer, waiting: integer, unchanged: integer, refused: [refused_line], proposal?: id?, "
     "accounts?: [{id: id, person: text, name: text, password: text}]}"},
    {"refused_line",
     "{row?: integer, line?: integer, type: text, title: text, status: integer, detail: text, "
     "instance: text, code: text, params: {..: text}, errors: [{pointer: text, code: text, "
     "detail: text, params: {..: text}}]}"},

    // Section 15
    {"proposal",
     "{id: id, kind: text, state: open|approved|refused|withdrawn, proposed_by: id, proposed_at: "
     "instant, decided_by: id?, decided_at: instant?, reason: text?, differences: [difference]}"},
    {"difference",
     "{path?: text, difference?: texts, code?: text, params?: {..: any}, loosens?: boolean, "
     "loses_data?: boolean, short?: boolean}"},
    {"pack_proposal",
     "{kind: =pack, files: [{path: text, text: text}], drops?: [text]}",
     Members::Closed},
    {"parameter_proposal", "{kind: =parameter, pack: text, name: text, value: any}", Members::Closed
    },
    {"post_proposal",
     "{kind: =post, rows: [{id?: id?, person?: id, unit?: id, role?: text, outside?: boolean, "
     "from?: date, to?: date?}]}",
     Members::Closed},
    {"delegation_proposal",
     "{kind: =delegation, rows: [{id?: id?, post?: id, delegate?: id, paper?: text, from?: date, "
     "to?: date?}]}",
     Members::Closed},
    {"division_proposal",
     "{kind: =division, rows: [{id?: id?, leader?: id, unit?: id, area?: text, from?: date, to?: "
     "date?}]}",
     Members::Closed},
    {"profile_proposal", "{kind: =profile, changes: profile_changes}", Members::Closed},
    {"profile_changes",
     "{name?: text, zone?: text, currency?: text, count_from?: next_day|same_day, "
     "end_on_rest_day?: next_workday|keep, calendar?: calendar}",
     Members::Closed},
    {"profile",
     "{name: text, zone: text, currency: text, count_from: next_day|same_day, end_on_rest_day: "
     "next_workday|keep, calendar: calendar}"},
    {"calendar",
     "{name: text, rest_weekdays: [integer], known_years: [integer], holidays: [date], "
     "makeup_workdays: [date]}"},
    {"backfill_proposal",
     "{kind: =backfill, title: text, paper: text, registers: [text], from: date, to: date, "
     "recorder: id, checker: id}",
     Members::Closed},

    // Section 17
    {"verification", "{running_since: instant?, failed: text?, last: verified?}"},
    {"verified",
     "{began_at: instant, ended_at: instant, records: integer, entries: integer, files: integer, "
     "own: integer, delegated: integer, paper: integer, backfilled: integer, faults: [{code: text, "
     "params: {..: text}, words: {..: texts}}], faults_total: integer}"},

    // Section 18
    {"figure_row",
     "{id: id, number: text?, title: text, reason: text, backfilled: boolean, facts: object, "
     "restricted: [text]}"},
    {"control",
     "{name: text, title: texts, register: text, kind: fact|hint|invariant, severity: text}"},
});

}  // namespace

std::span<const NamedShape> named_shapes() {
    return kNamedShapes;
}

}  // namespace duban::api::internal
