// What a pack declares, checked and immutable: registers, procedures, controls, parameters.
//
// The language is specified in docs/formats/declaration.md (E03). A Model is built once per
// adoption and shared by every thread; nothing in it changes afterwards.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/calendar.h"
#include "core/json.h"
#include "core/texts.h"

namespace duban::declarations {

/// Where in a file something was declared; line and column from 1.
struct Place {
    std::string file;
    int line = 0;
    int column = 0;
};

enum class FieldType {
    Text,
    LongText,
    Integer,
    Decimal,
    Money,
    Boolean,
    Date,
    Moment,
    Choice,
    Person,
    Unit,
    Link,
    Links,
    File,
    Rows,
    Computed
};

/// Who fills a field: a person through `fields:` of an action, or only the procedure by `set:`.
enum class SetBy { Person, Procedure };

struct Choice {
    std::string code;
    core::Texts title;
};

struct Field {
    std::string name;
    FieldType type = FieldType::Text;
    core::Texts title;
    core::Texts help;
    bool required = false;
    bool sealed = false;       ///< encrypted at rest, absent from rules, search and exports (E05)
    bool search = false;       ///< its words are in the search index
    bool title_field = false;  ///< the entry is called by it in lists and links
    bool indexed = false;
    SetBy set_by = SetBy::Person;
    std::int64_t max = 0;         ///< characters of a text, or rows of a list; 0: the type's bound
    int scale = 0;                ///< decimal places of Decimal; the column is `<name>_e<scale>`
    std::vector<Choice> choices;  ///< of Choice
    bool many = false;            ///< Choice with several values: its own table
    std::string to;               ///< register of Link and Links
    std::vector<Field> rows;      ///< columns of Rows
    std::string expression;       ///< SQL of Computed, over the own row and own child rows
    FieldType computed_type = FieldType::Integer;  ///< result type of Computed
    std::optional<core::Json> initial;             ///< `default:`
    std::string was;                               ///< the name in the version before
    Place place;
};

/// Where a role must be held, seen from the entry (E03).
enum class RolePlace {
    Unit,      ///< the entry's own unit
    Parent,    ///< the unit above it
    District,  ///< its nearest ancestor of kind district
    Office,    ///< the org's office unit: reaches every entry
    Leader,    ///< who holds the entry's unit or area in the division of work
    Self,      ///< who opened the entry, whatever post
    Outside    ///< a post of kind outside: reaches every entry
};

struct Role {
    RolePlace place = RolePlace::Unit;
    std::string name;  ///< "clerk"; empty for `self`
    [[nodiscard]] std::string text() const;
    auto operator<=>(const Role&) const = default;
};

/// A number that stands in the declaration, or the name of a parameter of the pack (P35).
struct Count {
    std::int64_t value = 1;
    std::string parameter;
};

/// P01: own session · in one's own name for another · a pen, recorded and compared.
enum class SignatureKind { Own, Delegated, Paper };
[[nodiscard]] std::string_view text_of(SignatureKind kind);
[[nodiscard]] std::optional<SignatureKind> find_signature_kind(std::string_view text);

struct SignatureRule {
    Role by;
    Count count;
    core::Texts title;
};

/// A condition on the row as written. `that` is SQL over the entry's columns.
struct Check {
    std::string that;
    std::string code;  ///< the problem's code; its sentence stands in the pack's messages
    Place place;
};

/// `set: {field: expression}`, evaluated on the row as written, after the person's values.
struct SetRule {
    std::string field;
    std::string expression;
    Place place;
};

/// Opens an entry of another register in the same transaction (E03), or one for each row of the
/// list field `each`; `set` maps its fields to columns of this entry (`id` is the entry itself),
/// to its links, to `row.<column>` of that list, or to `input('x')`.
struct Opens {
    std::string register_name;
    std::string each;  ///< a rows field of this register; empty: one entry
    std::map<std::string, std::string> set;
    Place place;
};

/// Performs `action` on each entry that the link field `on` names.
struct Acts {
    std::string on;
    std::string action;
    Place place;
};

struct Action {
    std::string name;
    core::Texts title;
    std::vector<std::string> from;  ///< states it may be taken in; empty for `open`
    std::optional<std::string> to;  ///< the state after; absent: unchanged
    bool returns = false;  ///< goes back to an earlier state of this entry, named by input `to`
    bool reached_by_acts = false;  ///< `by: procedure`: only through `acts` or `opens`
    std::vector<Role> by;
    std::vector<std::string> fields;  ///< what it may change
    std::vector<std::string> need;    ///< fields or inputs that must not be empty when it is done
    std::vector<Field> inputs;        ///< kept in the record, not in columns
    std::vector<SignatureRule> signatures;  ///< empty: the actor alone does it
    std::set<SignatureKind> kinds = {SignatureKind::Own};
    bool blind = false;          ///< a signer does not see what others wrote until the round ends
    bool second_factor = false;  ///< `own` asks TOTP within five minutes before (E22)
    std::vector<std::string> apart_from;  ///< who did these may not do this, under any post
    std::vector<Check> checks;
    std::vector<SetRule> sets;
    std::vector<Opens> opens;
    std::vector<Acts> acts;
    std::string moves_to;  ///< the unit whose entry it becomes: a unit field, or `input('x')`
    std::string run;       ///< a C++ operation that `app` registers
    bool confirm = false;  ///< the interface asks before it is done
    Place place;

    /// Whoever may take it or sign it.
    [[nodiscard]] std::vector<Role> roles() const;
};

struct State {
    std::string name;
    core::Texts title;
    bool final = false;            ///< nothing is due any more and nothing need leave it
    bool ended_otherwise = false;  ///< P10: an ending that no numerator counts
    bool backfillable = true;      ///< a backfill may set it (P08)
    Place place;
};

/// Green until `yellow_days` before the last day, red after it. Sign and word go with the colour.
struct Lights {
    int blue_days = -1;  ///< -1: no such step
    int yellow_days = 10;
    std::string blue_parameter = {};  ///< an org's value takes the place of `blue_days`
    std::string yellow_parameter = {};
};

/// A clock of the entry (P11): started and stopped by actions, belonging to a post.
struct Deadline {
    std::string name;
    core::Texts title;
    std::vector<std::string> starts;  ///< actions
    std::vector<std::string> stops;   ///< actions
    std::vector<std::string>
        pauses;  ///< actions; their input `pause_reason` is one of `pause_reasons`
    std::vector<std::string> resumes;
    std::vector<Choice> pause_reasons;
    std::string first_field;  ///< a Date field that keeps the first date, and hands it on (P22)
    std::string due_field;    ///< a Date field that gives the last day, or
    std::optional<calendar::Term> term;  ///< a term from the start; `amount_parameter` overrides it
    std::string amount_parameter;
    Role holder;  ///< whose clock it is
    Lights lights;
    Place place;
};

struct NumberRule {
    std::string format;  ///< "JZ-{year}-{seq:4}"; {unit} is the unit's code
    std::string at;      ///< the action that gives it; "open" for at once (E23)
    bool gapless = true;
};

struct View {
    std::string name;
    core::Texts title;
    std::vector<std::string> columns;
    std::vector<std::string> filters;  ///< fields, `unit`, `state`, `due`; equality or range
    std::vector<std::string> sorts;    ///< first one is the default; "-x" descends
    std::vector<std::string> states;   ///< only these; empty: all
    Place place;
};

/// A part of the form and of the entry's page, in which its fields stand together.
struct Section {
    std::string name;
    core::Texts title;
    std::vector<std::string> fields;
    bool folded = false;  ///< closed until it is asked for, unless something stands in it
};

struct Procedure {
    std::string initial;
    std::vector<State> states;
    std::vector<Action> actions;
    std::vector<Deadline> deadlines;

    [[nodiscard]] const State* find_state(std::string_view name) const;
    [[nodiscard]] const Action* find_action(std::string_view name) const;
};

/// `here`, or the mandated system that keeps it (P04).
struct Home {
    bool here = true;
    std::string system;
};

/// A link field of another register: whoever may read an entry there by his roles may read what it
/// names here.
struct ReadThrough {
    std::string register_name;
    std::string field;
    Place place;
};

struct Register {
    std::string name;
    std::string pack;
    core::Texts title;
    core::Texts entry_title;          ///< "a concurrent post"
    std::vector<std::string> serves;  ///< mission rows: "M43"
    /// A statement that has one of these may be shown to hold by this register (E39).
    std::vector<std::string> keywords;
    Home home;
    bool sealed = false;
    std::optional<NumberRule> number;
    std::vector<Field> fields;
    std::vector<Role> read;  ///< who may read; empty: everyone its procedure names
    std::vector<ReadThrough> read_through = {};
    Procedure procedure;
    std::vector<View> views;
    std::vector<Section> layout;  ///< fields of no section stand last
    std::string was;
    Place place;

    [[nodiscard]] const Field* find_field(std::string_view name) const;
    /// `read`, or every role that its actions and signatures name.
    [[nodiscard]] std::vector<Role> readers() const;
    [[nodiscard]] const Field* title_field() const;
};

/// A fact follows from the rows, a hint asks a person to look; an invariant holds at any time, and
/// `verify` says where it does not; a figure is no violation: its rows are what is counted.
enum class ControlKind { Fact, Hint, Invariant, Figure };
enum class ControlScope { Entry, Register };

struct Control {
    std::string name;  ///< the file's name without .sql
    std::string pack;
    std::string register_name;
    ControlKind kind = ControlKind::Hint;
    ControlScope scope = ControlScope::Register;
    std::string severity;                    ///< low, medium, high
    std::string every;                       ///< change, day, week
    std::string since;                       ///< ISO date, or empty
    std::vector<std::string> counts;         ///< of a figure: the reasons its numerator counts
    std::vector<std::string> sums = {};      ///< of a figure: its facts that are added up
    std::vector<Choice> reasons = {};        ///< the codes of the column `reason`, with their words
    std::vector<std::string> keywords = {};  ///< as those of a register
    core::Texts title;
    std::string source;  ///< the regulation; empty: not named
    std::string sql;     ///< without its header
    Place sql_place;     ///< where `sql` begins
    Place place;

    /// The words of a reason; nullptr where the header has none for it.
    [[nodiscard]] const core::Texts* find_reason(std::string_view code) const;
};

struct Parameter {
    std::string name;
    core::Texts title;
    std::string type;  ///< integer, text, boolean, date
    core::Json initial;
    std::string source;                 ///< the regulation; empty: not known, local choice
    std::optional<std::int64_t> least;  ///< a value below is refused
    bool counts_signatures = false;     ///< two administrators change it (E10)
};

struct RoleTitle {
    std::string name;
    core::Texts title;
};

struct Pack {
    std::string name;
    std::string version;
    core::Texts title;
    std::vector<std::string> needs;  ///< packs that must be adopted before
    std::vector<RoleTitle> roles;    ///< of `organisation`
    std::vector<Parameter> parameters;
    std::map<std::string, core::Texts>
        messages;  ///< sentences of problem codes, with {placeholders}
    std::vector<Register> registers;
    std::vector<Control> controls;
};

/// Every adopted pack of an installation together.
class Model {
public:
    Model() = default;
    explicit Model(std::vector<Pack> packs);

    [[nodiscard]] const std::vector<Pack>& packs() const { return packs_; }
    [[nodiscard]] const Pack* find_pack(std::string_view name) const;
    [[nodiscard]] const Register* find_register(std::string_view name) const;
    [[nodiscard]] const Control* find_control(std::string_view name) const;
    [[nodiscard]] std::vector<const Register*> registers() const;
    [[nodiscard]] const core::Texts* find_message(std::string_view code) const;
    [[nodiscard]] const Parameter* find_parameter(std::string_view pack, std::string_view name)
        const;

private:
    std::vector<Pack> packs_;
    std::map<std::string, std::pair<std::size_t, std::size_t>, std::less<>> register_places_;
};

}  // namespace duban::declarations
