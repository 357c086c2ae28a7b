#include <array>

#include "app/demo.h"
#include "core/check.h"
#include "crypto/random.h"

namespace duban::app {

namespace {

using access::Division;
using access::Person;
using access::Post;
using access::Unit;
using access::UnitKind;

// Law 12: the words of the demonstration are data of its own, kept in one place and escaped, so
// that the program's rooms hold no Chinese; what they say stands in the comments.
constexpr std::array<const char*, 8> kSurnames = {
    "\u5468", "\u53f6", "\u675c", "\u4f55", "\u6c88", "\u5362", "\u65b9", "\u77f3"
};  // 周叶杜何沈卢方石
constexpr std::array<const char*, 20> kGivenNames = {
    "\u654f",       "\u79be",      "\u5ddd",       "\u9752",       "\u5c9a",       "\u821f",
    "\u5706",       "\u78ca",      "\u5b81",       "\u82e5",       "\u6797",       "\u4e00\u5e06",
    "\u5b50\u8861", "\u6674",      "\u96e8\u6850", "\u660e\u8fdc", "\u6587\u535a", "\u601d\u9f50",
    "\u4e91\u6e05", "\u5609\u6811"
};  // 敏禾川青岚舟圆磊宁若林一帆子衡晴雨桐明远文博思齐云清嘉树
constexpr std::array<const char*, 4> kDistricts = {
    "\u9752\u6eaa\u533a", "\u77f3\u6865\u533a", "\u4e1c\u5c71\u533a", "\u6e56\u6d32\u533a"
};  // 青溪区 石桥区 东山区 湖洲区
constexpr std::array<const char*, 8> kDepartments = {
    "\u8d22\u52a1\u5904",              // 财务处
    "\u4eba\u4e8b\u5904",              // 人事处
    "\u57fa\u7840\u6559\u80b2\u5904",  // 基础教育处
    "\u6c11\u529e\u6559\u80b2\u5904",  // 民办教育处
    "\u5e08\u8d44\u5904",              // 师资处
    "\u5b89\u5168\u4f53\u536b\u5904",  // 安全体卫处
    "\u529e\u516c\u5ba4",              // 办公室
    "\u673a\u5173\u515a\u59d4"         // 机关党委
};
const std::string kBureau = "\u4e91\u5cad\u5e02\u6559\u80b2\u5c40";  // 云岭市教育局
const std::string kOffice = "\u6574\u6539\u529e";                    // 整改办
const std::string kDistrictBureau = "\u6559\u80b2\u5c40";            // 教育局
const std::string kSchool = "\u7b2c\u5c0f\u5b66";                    // 第…小学
constexpr std::array<const char*, 10> kOrdinals = {
    "\u4e00",
    "\u4e8c",
    "\u4e09",
    "\u56db",
    "\u4e94",
    "\u516d",
    "\u4e03",
    "\u516b",
    "\u4e5d",
    "\u5341"
};  // 一…十

const access::Span kSince{.from = *calendar::Date::parse("2020-01-01"), .to = {}};

/// Collects rows and writes them in one go: units, people, posts, division.
class Founding {
public:
    explicit Founding(House& house) : house_{house} {}

    core::Id unit(const std::string& name, const core::Id& parent, UnitKind kind) {
        const core::Id id = core::make_id(house_.clock().now(), house_.random());
        units_.push_back(
            {.id = id,
             .parent = parent,
             .name = name,
             .code = "U" + std::to_string(units_.size() + 100),
             .kind = kind,
             .span = kSince}
        );
        return id;
    }

    /// The next fictitious person, holding `role` in `unit`.
    core::Id person(const core::Id& unit, const std::string& role) {
        const std::size_t n = people_.size();
        const std::string name =
            std::string{kSurnames.at(n % kSurnames.size())} +
            kGivenNames.at((n / kSurnames.size() + n * 7) % kGivenNames.size());
        const core::Id id = core::make_id(house_.clock().now(), house_.random());
        people_.push_back({.id = id, .name = name, .mobile = {}, .span = kSince});
        post(id, unit, role);
        return id;
    }

    void post(const core::Id& person, const core::Id& unit, const std::string& role) {
        posts_.push_back(
            {.id = core::make_id(house_.clock().now(), house_.random()),
             .person = person,
             .unit = unit,
             .role = role,
             .outside = false,
             .span = kSince}
        );
    }

    void division(const core::Id& leader, const core::Id& unit) {
        divisions_.push_back(
            {.id = core::make_id(house_.clock().now(), house_.random()),
             .leader = leader,
             .unit = unit,
             .area = {},
             .span = kSince}
        );
    }

    void write(const core::Id& founder, const std::string& on) {
        const access::Access::Author author{
            .org = kFirstOrg, .person = founder, .approved_by = {}, .on = on
        };
        access::Access& access = house_.services().access;
        access.put(author, units_);
        access.put(author, people_);
        access.put(author, posts_);
        access.put(author, divisions_);
    }

    [[nodiscard]] std::size_t people() const { return people_.size(); }
    [[nodiscard]] std::size_t units() const { return units_.size(); }

private:
    House& house_;
    std::vector<Unit> units_;
    std::vector<Person> people_;
    std::vector<Post> posts_;
    std::vector<Division> divisions_;
};

void found_schools(Founding& founding, const core::Id& bureau) {
    constexpr std::size_t kSchoolsPerDistrict = 10;
    for (const char* name : kDistricts) {
        const core::Id district =
            founding.unit(std::string{name} + kDistrictBureau, bureau, UnitKind::District);
        founding.person(district, "clerk");
        founding.person(district, "head");
        for (std::size_t n = 0; n < kSchoolsPerDistrict; ++n) {
            const std::string school =
                std::string{name} + kSchool.substr(0, 3) + kOrdinals.at(n) + kSchool.substr(3);
            const core::Id unit = founding.unit(school, district, UnitKind::School);
            founding.person(unit, "clerk");
            founding.person(unit, "head");
        }
    }
}

}  // namespace

DemoPeople make_demo_people(House& house) {
    Founding founding{house};
    DemoPeople people;
    const core::Id bureau = founding.unit(kBureau, {}, UnitKind::Root);
    people.office = founding.unit(kOffice, bureau, UnitKind::Office);
    people.unit_clerk = {};
    people.office_clerk = founding.person(people.office, "clerk");
    people.office_head = founding.person(people.office, "head");
    people.reviewer = founding.person(people.office, "reviewer");
    people.second_reviewer = founding.person(people.office, "reviewer");
    people.system_admin = founding.person(bureau, "system_admin");
    people.security_admin = founding.person(bureau, "security_admin");
    people.audit_admin = founding.person(bureau, "audit_admin");
    const core::Id principal = founding.person(bureau, "principal");
    const core::Id leader = founding.person(bureau, "leader");
    founding.post(principal, bureau, "leader");
    for (const char* name : kDepartments) {
        const core::Id department = founding.unit(name, bureau, UnitKind::Department);
        const core::Id clerk = founding.person(department, "clerk");
        const core::Id head = founding.person(department, "head");
        founding.division(leader, department);
        if (people.unit_clerk.is_nil()) {
            people.finance = department;
            people.unit_clerk = clerk;
            people.unit_head = head;
        }
    }
    found_schools(founding, bureau);
    founding.write(people.system_admin, house.services().registers.today(kFirstOrg).text());
    people.people = founding.people();
    people.units = founding.units();
    return people;
}

}  // namespace duban::app
