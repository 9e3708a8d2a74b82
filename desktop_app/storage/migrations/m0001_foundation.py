"""Step 1: the tables of the foundation. Frozen: a later change is a later step."""

# Statements are long and machine-shaped on purpose; nobody edits them.
# ruff: noqa: E501

NUMBER = 1
TITLE = "基础表"

SQLITE = (
    """
CREATE TABLE audit (
	n INTEGER NOT NULL,
	at INTEGER NOT NULL,
	actor BLOB,
	actor_name TEXT NOT NULL CONSTRAINT ck_audit_actor_name_length CHECK (length(actor_name) <= 60),
	action TEXT NOT NULL CONSTRAINT ck_audit_action_length CHECK (length(action) <= 60),
	subject TEXT NOT NULL CONSTRAINT ck_audit_subject_length CHECK (length(subject) <= 200),
	detail TEXT NOT NULL CONSTRAINT ck_audit_detail_length CHECK (length(detail) <= 2000),
	hash BLOB NOT NULL,
	CONSTRAINT pk_audit PRIMARY KEY (n)
)
 STRICT
""",
    """
CREATE INDEX ix_audit_at ON audit (at)
""",
    """
CREATE INDEX ix_audit_subject ON audit (subject, n)
""",
    """
CREATE TABLE blob (
	name BLOB NOT NULL,
	kept_at INTEGER NOT NULL,
	content BLOB NOT NULL,
	CONSTRAINT pk_blob PRIMARY KEY (name)
)
 STRICT
""",
    """
CREATE TABLE chain_head (
	name TEXT NOT NULL,
	n INTEGER NOT NULL,
	hash BLOB NOT NULL,
	CONSTRAINT pk_chain_head PRIMARY KEY (name)
)
 STRICT
""",
    """
CREATE TABLE change (
	n INTEGER NOT NULL,
	kind TEXT NOT NULL,
	uid BLOB NOT NULL,
	op TEXT NOT NULL CONSTRAINT ck_change_op_known CHECK (op IN ('put', 'delete')),
	revision INTEGER NOT NULL,
	version INTEGER NOT NULL,
	at INTEGER NOT NULL,
	salt BLOB NOT NULL,
	digest BLOB NOT NULL,
	hash BLOB NOT NULL,
	payload BLOB,
	CONSTRAINT pk_change PRIMARY KEY (n)
)
 STRICT
""",
    """
CREATE INDEX ix_change_uid ON change (uid, n)
""",
    """
CREATE TABLE counter (
	name TEXT NOT NULL,
	value INTEGER NOT NULL,
	CONSTRAINT pk_counter PRIMARY KEY (name)
)
 STRICT
""",
    """
CREATE TABLE day_override (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	day TEXT NOT NULL,
	is_workday INTEGER NOT NULL,
	reason TEXT NOT NULL CONSTRAINT ck_day_override_reason_length CHECK (length(reason) <= 100),
	CONSTRAINT pk_day_override PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_day_override_day ON day_override (day)
""",
    """
CREATE TABLE draft (
	owner BLOB NOT NULL,
	form TEXT NOT NULL,
	at INTEGER NOT NULL,
	content TEXT NOT NULL,
	CONSTRAINT pk_draft PRIMARY KEY (owner, form)
)
 STRICT
""",
    """
CREATE TABLE evaluation (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	visit BLOB NOT NULL,
	level TEXT NOT NULL CONSTRAINT ck_evaluation_level_known CHECK (level IN ('very_satisfied', 'satisfied', 'fair', 'dissatisfied', 'very_dissatisfied')),
	entered_from TEXT NOT NULL CONSTRAINT ck_evaluation_entered_from_known CHECK (entered_from IN ('second_screen', 'paper')),
	at INTEGER NOT NULL,
	day TEXT NOT NULL,
	CONSTRAINT pk_evaluation PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_evaluation_day ON evaluation (day, level)
""",
    """
CREATE UNIQUE INDEX uq_evaluation_visit ON evaluation (visit)
""",
    """
CREATE TABLE matter (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	code TEXT NOT NULL CONSTRAINT ck_matter_code_length CHECK (length(code) <= 20),
	category TEXT NOT NULL CONSTRAINT ck_matter_category_length CHECK (length(category) <= 40),
	name TEXT NOT NULL CONSTRAINT ck_matter_name_length CHECK (length(name) <= 80),
	handling TEXT NOT NULL CONSTRAINT ck_matter_handling_known CHECK (handling IN ('instant', 'assisted', 'timed', 'forwarded', 'advice')),
	station_days INTEGER NOT NULL CONSTRAINT ck_matter_station_days_range CHECK (station_days BETWEEN 0 AND 365),
	department_days TEXT NOT NULL CONSTRAINT ck_matter_department_days_length CHECK (length(department_days) <= 200),
	office TEXT NOT NULL CONSTRAINT ck_matter_office_length CHECK (length(office) <= 200),
	address TEXT NOT NULL CONSTRAINT ck_matter_address_length CHECK (length(address) <= 200),
	phone TEXT NOT NULL CONSTRAINT ck_matter_phone_length CHECK (length(phone) <= 200),
	hours TEXT NOT NULL CONSTRAINT ck_matter_hours_length CHECK (length(hours) <= 200),
	conditions TEXT NOT NULL CONSTRAINT ck_matter_conditions_length CHECK (length(conditions) <= 2000),
	materials TEXT NOT NULL,
	materials_note TEXT NOT NULL CONSTRAINT ck_matter_materials_note_length CHECK (length(materials_note) <= 2000),
	steps TEXT NOT NULL CONSTRAINT ck_matter_steps_length CHECK (length(steps) <= 2000),
	fee TEXT NOT NULL CONSTRAINT ck_matter_fee_length CHECK (length(fee) <= 200),
	basis TEXT NOT NULL CONSTRAINT ck_matter_basis_length CHECK (length(basis) <= 2000),
	help_note TEXT NOT NULL CONSTRAINT ck_matter_help_note_length CHECK (length(help_note) <= 2000),
	outside_reason TEXT NOT NULL CONSTRAINT ck_matter_outside_reason_length CHECK (length(outside_reason) <= 2000),
	checked_on TEXT,
	active INTEGER NOT NULL,
	counter TEXT NOT NULL CONSTRAINT ck_matter_counter_length CHECK (length(counter) <= 40),
	petition INTEGER NOT NULL,
	urgent INTEGER NOT NULL,
	sort_order INTEGER NOT NULL,
	CONSTRAINT pk_matter PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_matter_code ON matter (code)
""",
    """
CREATE INDEX ix_matter_order ON matter (sort_order, code)
""",
    """
CREATE TABLE meta (
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	CONSTRAINT pk_meta PRIMARY KEY (name)
)
 STRICT
""",
    """
CREATE TABLE operator (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	name TEXT NOT NULL CONSTRAINT ck_operator_name_length CHECK (length(name) <= 60),
	role TEXT NOT NULL CONSTRAINT ck_operator_role_known CHECK (role IN ('volunteer', 'clerk', 'lead', 'community', 'auditor')),
	active INTEGER NOT NULL,
	password_changed TEXT NOT NULL,
	must_change_password INTEGER NOT NULL,
	CONSTRAINT pk_operator PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE UNIQUE INDEX uq_operator_name ON operator (name)
""",
    """
CREATE TABLE person_key (
	"key" TEXT NOT NULL,
	person BLOB NOT NULL,
	CONSTRAINT pk_person_key PRIMARY KEY ("key", person)
)
 WITHOUT ROWID,
 STRICT
""",
    """
CREATE INDEX ix_person_key_person ON person_key (person, "key")
""",
    """
CREATE TABLE place (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	kind TEXT NOT NULL CONSTRAINT ck_place_kind_known CHECK (kind IN ('street', 'community', 'station', 'compound', 'building', 'unit', 'grid', 'branch', 'group', 'temporary')),
	code TEXT NOT NULL CONSTRAINT ck_place_code_length CHECK (length(code) <= 20),
	names TEXT NOT NULL,
	name TEXT NOT NULL CONSTRAINT ck_place_name_length CHECK (length(name) <= 60),
	parent BLOB,
	since TEXT,
	until TEXT,
	compound_type TEXT CONSTRAINT ck_place_compound_type_known CHECK (compound_type IN ('commercial', 'affordable', 'resettlement', 'unmanaged', 'old')),
	successor BLOB,
	remark TEXT NOT NULL CONSTRAINT ck_place_remark_length CHECK (length(remark) <= 500),
	CONSTRAINT pk_place PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_place_code ON place (code)
""",
    """
CREATE INDEX ix_place_kind ON place (kind, name)
""",
    """
CREATE INDEX ix_place_parent ON place (parent)
""",
    """
CREATE TABLE place_link (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	place BLOB NOT NULL,
	other BLOB NOT NULL,
	since TEXT,
	until TEXT,
	remark TEXT NOT NULL CONSTRAINT ck_place_link_remark_length CHECK (length(remark) <= 500),
	CONSTRAINT pk_place_link PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_place_link_other ON place_link (other)
""",
    """
CREATE INDEX ix_place_link_place ON place_link (place)
""",
    """
CREATE TABLE resident (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	number TEXT NOT NULL CONSTRAINT ck_resident_number_length CHECK (length(number) <= 40),
	name TEXT NOT NULL CONSTRAINT ck_resident_name_length CHECK (length(name) <= 60),
	gender INTEGER NOT NULL CONSTRAINT ck_resident_gender_known CHECK (gender IN (0, 1, 2, 9)),
	birth TEXT,
	kind TEXT NOT NULL CONSTRAINT ck_resident_kind_known CHECK (kind IN ('resident', 'migrant', 'property', 'unit', 'other')),
	phones TEXT NOT NULL,
	id_kind TEXT CONSTRAINT ck_resident_id_kind_known CHECK (id_kind IN ('resident_id_card', 'household_register', 'passport', 'hk_macao_permit', 'taiwan_permit', 'hk_macao_taiwan_residence', 'foreign_permanent_residence', 'birth_certificate', 'other')),
	id_number TEXT NOT NULL,
	compound BLOB,
	building TEXT NOT NULL CONSTRAINT ck_resident_building_length CHECK (length(building) <= 20),
	unit TEXT NOT NULL CONSTRAINT ck_resident_unit_length CHECK (length(unit) <= 20),
	room TEXT NOT NULL CONSTRAINT ck_resident_room_length CHECK (length(room) <= 20),
	address_note TEXT NOT NULL CONSTRAINT ck_resident_address_note_length CHECK (length(address_note) <= 200),
	party TEXT NOT NULL CONSTRAINT ck_resident_party_known CHECK (party IN ('none', 'compound', 'employed', 'retired', 'mobile')),
	party_branch BLOB,
	workplace TEXT NOT NULL CONSTRAINT ck_resident_workplace_length CHECK (length(workplace) <= 100),
	flow_from TEXT NOT NULL CONSTRAINT ck_resident_flow_from_length CHECK (length(flow_from) <= 100),
	flow_to TEXT NOT NULL CONSTRAINT ck_resident_flow_to_length CHECK (length(flow_to) <= 100),
	special_groups TEXT NOT NULL,
	guardian TEXT,
	consent TEXT,
	remark TEXT NOT NULL CONSTRAINT ck_resident_remark_length CHECK (length(remark) <= 2000),
	merged_into BLOB,
	sort_key TEXT NOT NULL,
	derived_version INTEGER NOT NULL,
	CONSTRAINT pk_resident PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_resident_compound ON resident (compound, sort_key, uid) WHERE deleted_at IS NULL AND merged_into IS NULL
""",
    """
CREATE INDEX ix_resident_derived_version ON resident (derived_version, uid)
""",
    """
CREATE INDEX ix_resident_listed ON resident (sort_key, uid) WHERE deleted_at IS NULL AND merged_into IS NULL
""",
    """
CREATE INDEX ix_resident_merged_into ON resident (merged_into) WHERE merged_into IS NOT NULL
""",
    """
CREATE INDEX ix_resident_party ON resident (party, sort_key, uid) WHERE deleted_at IS NULL AND merged_into IS NULL
""",
    """
CREATE INDEX ix_resident_uid_sort_key ON resident (uid, sort_key)
""",
    """
CREATE UNIQUE INDEX uq_resident_number ON resident (number)
""",
    """
CREATE TABLE seen (
	resident BLOB NOT NULL,
	last_at INTEGER NOT NULL,
	times INTEGER NOT NULL,
	CONSTRAINT pk_seen PRIMARY KEY (resident)
)
 WITHOUT ROWID,
 STRICT
""",
    """
CREATE INDEX ix_seen_last_at ON seen (last_at)
""",
    """
CREATE TABLE setting (
	"key" TEXT NOT NULL,
	value TEXT NOT NULL CONSTRAINT ck_setting_value_length CHECK (length(value) <= 4000),
	CONSTRAINT pk_setting PRIMARY KEY ("key")
)
 STRICT
""",
    """
CREATE TABLE visit (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	number TEXT NOT NULL CONSTRAINT ck_visit_number_length CHECK (length(number) <= 40),
	batch BLOB NOT NULL,
	leads INTEGER NOT NULL,
	kind TEXT NOT NULL CONSTRAINT ck_visit_kind_known CHECK (kind IN ('named', 'anonymous', 'counted')),
	at INTEGER NOT NULL,
	day TEXT NOT NULL,
	late_entry INTEGER NOT NULL,
	source TEXT NOT NULL CONSTRAINT ck_visit_source_known CHECK (source IN ('walk_in', 'call', 'grid', 'home', 'online', 'superior')),
	resident BLOB,
	name TEXT NOT NULL CONSTRAINT ck_visit_name_length CHECK (length(name) <= 60),
	gender INTEGER NOT NULL CONSTRAINT ck_visit_gender_known CHECK (gender IN (0, 1, 2, 9)),
	birth_year INTEGER,
	people INTEGER NOT NULL CONSTRAINT ck_visit_people_range CHECK (people BETWEEN 1 AND 999),
	phone TEXT NOT NULL,
	compound BLOB,
	building TEXT NOT NULL CONSTRAINT ck_visit_building_length CHECK (length(building) <= 20),
	unit TEXT NOT NULL CONSTRAINT ck_visit_unit_length CHECK (length(unit) <= 20),
	room TEXT NOT NULL CONSTRAINT ck_visit_room_length CHECK (length(room) <= 20),
	person_kind TEXT CONSTRAINT ck_visit_person_kind_known CHECK (person_kind IN ('resident', 'migrant', 'property', 'unit', 'other')),
	agent TEXT,
	representatives TEXT NOT NULL,
	matter BLOB,
	category TEXT NOT NULL CONSTRAINT ck_visit_category_length CHECK (length(category) <= 40),
	matter_name TEXT NOT NULL CONSTRAINT ck_visit_matter_name_length CHECK (length(matter_name) <= 80),
	summary TEXT NOT NULL CONSTRAINT ck_visit_summary_length CHECK (length(summary) <= 2000),
	handling TEXT NOT NULL CONSTRAINT ck_visit_handling_known CHECK (handling IN ('instant', 'assisted', 'timed', 'forwarded', 'advice')),
	limit_days INTEGER,
	limit_from TEXT NOT NULL,
	due TEXT,
	pauses TEXT NOT NULL,
	notice_given INTEGER NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_visit_state_known CHECK (state IN ('registered', 'taken_up', 'awaiting', 'handed_over', 'working', 'answered', 'closed', 'not_ours', 'withdrawn', 'merged')),
	handed_to TEXT NOT NULL CONSTRAINT ck_visit_handed_to_length CHECK (length(handed_to) <= 200),
	handed_on TEXT,
	external_number TEXT NOT NULL CONSTRAINT ck_visit_external_number_length CHECK (length(external_number) <= 200),
	result TEXT NOT NULL CONSTRAINT ck_visit_result_length CHECK (length(result) <= 2000),
	closed_at INTEGER,
	closed_day TEXT,
	follow_up TEXT NOT NULL CONSTRAINT ck_visit_follow_up_length CHECK (length(follow_up) <= 2000),
	petition INTEGER NOT NULL,
	urgent TEXT,
	first_clerk BLOB,
	first_clerk_name TEXT NOT NULL CONSTRAINT ck_visit_first_clerk_name_length CHECK (length(first_clerk_name) <= 60),
	registered_by BLOB,
	registered_by_name TEXT NOT NULL CONSTRAINT ck_visit_registered_by_name_length CHECK (length(registered_by_name) <= 60),
	merged_into BLOB,
	steps TEXT NOT NULL,
	remark TEXT NOT NULL CONSTRAINT ck_visit_remark_length CHECK (length(remark) <= 2000),
	CONSTRAINT pk_visit PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_visit_batch ON visit (batch)
""",
    """
CREATE INDEX ix_visit_category ON visit (category, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_visit_closed ON visit (closed_day, due) WHERE deleted_at IS NULL AND state = 'closed'
""",
    """
CREATE INDEX ix_visit_counted ON visit (day, leads, people, state, handling, late_entry, petition, closed_day, matter, deleted_at) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_visit_due ON visit (due, uid) WHERE deleted_at IS NULL AND petition = 0 AND closed_day IS NULL
""",
    """
CREATE INDEX ix_visit_first_clerk ON visit (first_clerk, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_visit_handling ON visit (handling, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_visit_late_entry ON visit (at, uid) WHERE deleted_at IS NULL AND petition = 0 AND late_entry = 1
""",
    """
CREATE INDEX ix_visit_listed ON visit (at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_visit_name ON visit (name, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_visit_open ON visit (at, uid) WHERE deleted_at IS NULL AND petition = 0 AND closed_day IS NULL
""",
    """
CREATE INDEX ix_visit_resident ON visit (resident, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_visit_source ON visit (source, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_visit_state ON visit (state, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE UNIQUE INDEX uq_visit_number ON visit (number)
""",
    """
CREATE TABLE operator_secret (
	uid BLOB NOT NULL,
	pin_hash TEXT,
	password_history TEXT NOT NULL,
	last_sign_in TEXT,
	CONSTRAINT pk_operator_secret PRIMARY KEY (uid),
	CONSTRAINT fk_operator_secret_uid FOREIGN KEY(uid) REFERENCES operator (uid)
)
 STRICT
""",
    """
INSERT INTO meta (name, value) VALUES ('schema_version', '0')
""",
)

POSTGRESQL = (
    """
CREATE TABLE audit (
	n BIGINT NOT NULL,
	at BIGINT NOT NULL,
	actor UUID,
	actor_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_audit_actor_name_length CHECK (length(actor_name) <= 60),
	action VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_audit_action_length CHECK (length(action) <= 60),
	subject VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_audit_subject_length CHECK (length(subject) <= 200),
	detail VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_audit_detail_length CHECK (length(detail) <= 2000),
	hash BYTEA NOT NULL,
	CONSTRAINT pk_audit PRIMARY KEY (n)
)
""",
    """
CREATE INDEX ix_audit_at ON audit (at)
""",
    """
CREATE INDEX ix_audit_subject ON audit (subject, n)
""",
    """
CREATE TABLE blob (
	name BYTEA NOT NULL,
	kept_at BIGINT NOT NULL,
	content BYTEA NOT NULL,
	CONSTRAINT pk_blob PRIMARY KEY (name)
)
""",
    """
CREATE TABLE chain_head (
	name VARCHAR COLLATE "C" NOT NULL,
	n BIGINT NOT NULL,
	hash BYTEA NOT NULL,
	CONSTRAINT pk_chain_head PRIMARY KEY (name)
)
""",
    """
CREATE TABLE change (
	n BIGINT NOT NULL,
	kind VARCHAR COLLATE "C" NOT NULL,
	uid UUID NOT NULL,
	op VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_change_op_known CHECK (op IN ('put', 'delete')),
	revision BIGINT NOT NULL,
	version BIGINT NOT NULL,
	at BIGINT NOT NULL,
	salt BYTEA NOT NULL,
	digest BYTEA NOT NULL,
	hash BYTEA NOT NULL,
	payload VARCHAR,
	CONSTRAINT pk_change PRIMARY KEY (n)
)
""",
    """
CREATE INDEX ix_change_uid ON change (uid, n)
""",
    """
CREATE TABLE counter (
	name VARCHAR COLLATE "C" NOT NULL,
	value BIGINT NOT NULL,
	CONSTRAINT pk_counter PRIMARY KEY (name)
)
""",
    """
CREATE TABLE day_override (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	day VARCHAR COLLATE "C" NOT NULL,
	is_workday SMALLINT NOT NULL,
	reason VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_day_override_reason_length CHECK (length(reason) <= 100),
	CONSTRAINT pk_day_override PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_day_override_day ON day_override (day)
""",
    """
CREATE TABLE draft (
	owner UUID NOT NULL,
	form VARCHAR COLLATE "C" NOT NULL,
	at BIGINT NOT NULL,
	content TEXT NOT NULL,
	CONSTRAINT pk_draft PRIMARY KEY (owner, form)
)
""",
    """
CREATE TABLE evaluation (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	visit UUID NOT NULL,
	level VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_evaluation_level_known CHECK (level IN ('very_satisfied', 'satisfied', 'fair', 'dissatisfied', 'very_dissatisfied')),
	entered_from VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_evaluation_entered_from_known CHECK (entered_from IN ('second_screen', 'paper')),
	at BIGINT NOT NULL,
	day VARCHAR COLLATE "C" NOT NULL,
	CONSTRAINT pk_evaluation PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_evaluation_day ON evaluation (day, level)
""",
    """
CREATE UNIQUE INDEX uq_evaluation_visit ON evaluation (visit)
""",
    """
CREATE TABLE matter (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	code VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_matter_code_length CHECK (length(code) <= 20),
	category VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_matter_category_length CHECK (length(category) <= 40),
	name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_matter_name_length CHECK (length(name) <= 80),
	handling VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_matter_handling_known CHECK (handling IN ('instant', 'assisted', 'timed', 'forwarded', 'advice')),
	station_days BIGINT NOT NULL CONSTRAINT ck_matter_station_days_range CHECK (station_days BETWEEN 0 AND 365),
	department_days VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_matter_department_days_length CHECK (length(department_days) <= 200),
	office VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_matter_office_length CHECK (length(office) <= 200),
	address VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_matter_address_length CHECK (length(address) <= 200),
	phone VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_matter_phone_length CHECK (length(phone) <= 200),
	hours VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_matter_hours_length CHECK (length(hours) <= 200),
	conditions VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_matter_conditions_length CHECK (length(conditions) <= 2000),
	materials TEXT NOT NULL,
	materials_note VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_matter_materials_note_length CHECK (length(materials_note) <= 2000),
	steps VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_matter_steps_length CHECK (length(steps) <= 2000),
	fee VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_matter_fee_length CHECK (length(fee) <= 200),
	basis VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_matter_basis_length CHECK (length(basis) <= 2000),
	help_note VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_matter_help_note_length CHECK (length(help_note) <= 2000),
	outside_reason VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_matter_outside_reason_length CHECK (length(outside_reason) <= 2000),
	checked_on VARCHAR COLLATE "C",
	active SMALLINT NOT NULL,
	counter VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_matter_counter_length CHECK (length(counter) <= 40),
	petition SMALLINT NOT NULL,
	urgent SMALLINT NOT NULL,
	sort_order BIGINT NOT NULL,
	CONSTRAINT pk_matter PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_matter_code ON matter (code)
""",
    """
CREATE INDEX ix_matter_order ON matter (sort_order, code)
""",
    """
CREATE TABLE meta (
	name VARCHAR COLLATE "C" NOT NULL,
	value VARCHAR COLLATE "C" NOT NULL,
	CONSTRAINT pk_meta PRIMARY KEY (name)
)
""",
    """
CREATE TABLE operator (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_operator_name_length CHECK (length(name) <= 60),
	role VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_operator_role_known CHECK (role IN ('volunteer', 'clerk', 'lead', 'community', 'auditor')),
	active SMALLINT NOT NULL,
	password_changed VARCHAR COLLATE "C" NOT NULL,
	must_change_password SMALLINT NOT NULL,
	CONSTRAINT pk_operator PRIMARY KEY (uid)
)
""",
    """
CREATE UNIQUE INDEX uq_operator_name ON operator (name)
""",
    """
CREATE TABLE person_key (
	key VARCHAR COLLATE "C" NOT NULL,
	person UUID NOT NULL,
	CONSTRAINT pk_person_key PRIMARY KEY (key, person)
)
""",
    """
CREATE INDEX ix_person_key_person ON person_key (person, key)
""",
    """
CREATE TABLE place (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	kind VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_place_kind_known CHECK (kind IN ('street', 'community', 'station', 'compound', 'building', 'unit', 'grid', 'branch', 'group', 'temporary')),
	code VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_place_code_length CHECK (length(code) <= 20),
	names TEXT NOT NULL,
	name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_place_name_length CHECK (length(name) <= 60),
	parent UUID,
	since VARCHAR COLLATE "C",
	until VARCHAR COLLATE "C",
	compound_type VARCHAR COLLATE "C" CONSTRAINT ck_place_compound_type_known CHECK (compound_type IN ('commercial', 'affordable', 'resettlement', 'unmanaged', 'old')),
	successor UUID,
	remark VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_place_remark_length CHECK (length(remark) <= 500),
	CONSTRAINT pk_place PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_place_code ON place (code)
""",
    """
CREATE INDEX ix_place_kind ON place (kind, name)
""",
    """
CREATE INDEX ix_place_parent ON place (parent)
""",
    """
CREATE TABLE place_link (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	place UUID NOT NULL,
	other UUID NOT NULL,
	since VARCHAR COLLATE "C",
	until VARCHAR COLLATE "C",
	remark VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_place_link_remark_length CHECK (length(remark) <= 500),
	CONSTRAINT pk_place_link PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_place_link_other ON place_link (other)
""",
    """
CREATE INDEX ix_place_link_place ON place_link (place)
""",
    """
CREATE TABLE resident (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	number VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_resident_number_length CHECK (length(number) <= 40),
	name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_resident_name_length CHECK (length(name) <= 60),
	gender BIGINT NOT NULL CONSTRAINT ck_resident_gender_known CHECK (gender IN (0, 1, 2, 9)),
	birth VARCHAR COLLATE "C",
	kind VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_resident_kind_known CHECK (kind IN ('resident', 'migrant', 'property', 'unit', 'other')),
	phones TEXT NOT NULL,
	id_kind VARCHAR COLLATE "C" CONSTRAINT ck_resident_id_kind_known CHECK (id_kind IN ('resident_id_card', 'household_register', 'passport', 'hk_macao_permit', 'taiwan_permit', 'hk_macao_taiwan_residence', 'foreign_permanent_residence', 'birth_certificate', 'other')),
	id_number TEXT NOT NULL,
	compound UUID,
	building VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_resident_building_length CHECK (length(building) <= 20),
	unit VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_resident_unit_length CHECK (length(unit) <= 20),
	room VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_resident_room_length CHECK (length(room) <= 20),
	address_note VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_resident_address_note_length CHECK (length(address_note) <= 200),
	party VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_resident_party_known CHECK (party IN ('none', 'compound', 'employed', 'retired', 'mobile')),
	party_branch UUID,
	workplace VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_resident_workplace_length CHECK (length(workplace) <= 100),
	flow_from VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_resident_flow_from_length CHECK (length(flow_from) <= 100),
	flow_to VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_resident_flow_to_length CHECK (length(flow_to) <= 100),
	special_groups TEXT NOT NULL,
	guardian TEXT,
	consent TEXT,
	remark VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_resident_remark_length CHECK (length(remark) <= 2000),
	merged_into UUID,
	sort_key VARCHAR COLLATE "C" NOT NULL,
	derived_version BIGINT NOT NULL,
	CONSTRAINT pk_resident PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_resident_compound ON resident (compound, sort_key, uid) WHERE deleted_at IS NULL AND merged_into IS NULL
""",
    """
CREATE INDEX ix_resident_derived_version ON resident (derived_version, uid)
""",
    """
CREATE INDEX ix_resident_listed ON resident (sort_key, uid) WHERE deleted_at IS NULL AND merged_into IS NULL
""",
    """
CREATE INDEX ix_resident_merged_into ON resident (merged_into) WHERE merged_into IS NOT NULL
""",
    """
CREATE INDEX ix_resident_party ON resident (party, sort_key, uid) WHERE deleted_at IS NULL AND merged_into IS NULL
""",
    """
CREATE INDEX ix_resident_uid_sort_key ON resident (uid, sort_key)
""",
    """
CREATE UNIQUE INDEX uq_resident_number ON resident (number)
""",
    """
CREATE TABLE seen (
	resident UUID NOT NULL,
	last_at BIGINT NOT NULL,
	times BIGINT NOT NULL,
	CONSTRAINT pk_seen PRIMARY KEY (resident)
)
""",
    """
CREATE INDEX ix_seen_last_at ON seen (last_at)
""",
    """
CREATE TABLE setting (
	key VARCHAR COLLATE "C" NOT NULL,
	value VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_setting_value_length CHECK (length(value) <= 4000),
	CONSTRAINT pk_setting PRIMARY KEY (key)
)
""",
    """
CREATE TABLE visit (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	number VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_visit_number_length CHECK (length(number) <= 40),
	batch UUID NOT NULL,
	leads SMALLINT NOT NULL,
	kind VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_visit_kind_known CHECK (kind IN ('named', 'anonymous', 'counted')),
	at BIGINT NOT NULL,
	day VARCHAR COLLATE "C" NOT NULL,
	late_entry SMALLINT NOT NULL,
	source VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_visit_source_known CHECK (source IN ('walk_in', 'call', 'grid', 'home', 'online', 'superior')),
	resident UUID,
	name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_visit_name_length CHECK (length(name) <= 60),
	gender BIGINT NOT NULL CONSTRAINT ck_visit_gender_known CHECK (gender IN (0, 1, 2, 9)),
	birth_year BIGINT,
	people BIGINT NOT NULL CONSTRAINT ck_visit_people_range CHECK (people BETWEEN 1 AND 999),
	phone TEXT NOT NULL,
	compound UUID,
	building VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_visit_building_length CHECK (length(building) <= 20),
	unit VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_visit_unit_length CHECK (length(unit) <= 20),
	room VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_visit_room_length CHECK (length(room) <= 20),
	person_kind VARCHAR COLLATE "C" CONSTRAINT ck_visit_person_kind_known CHECK (person_kind IN ('resident', 'migrant', 'property', 'unit', 'other')),
	agent TEXT,
	representatives TEXT NOT NULL,
	matter UUID,
	category VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_visit_category_length CHECK (length(category) <= 40),
	matter_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_visit_matter_name_length CHECK (length(matter_name) <= 80),
	summary VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_visit_summary_length CHECK (length(summary) <= 2000),
	handling VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_visit_handling_known CHECK (handling IN ('instant', 'assisted', 'timed', 'forwarded', 'advice')),
	limit_days BIGINT,
	limit_from VARCHAR COLLATE "C" NOT NULL,
	due VARCHAR COLLATE "C",
	pauses TEXT NOT NULL,
	notice_given SMALLINT NOT NULL,
	state VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_visit_state_known CHECK (state IN ('registered', 'taken_up', 'awaiting', 'handed_over', 'working', 'answered', 'closed', 'not_ours', 'withdrawn', 'merged')),
	handed_to VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_visit_handed_to_length CHECK (length(handed_to) <= 200),
	handed_on VARCHAR COLLATE "C",
	external_number VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_visit_external_number_length CHECK (length(external_number) <= 200),
	result VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_visit_result_length CHECK (length(result) <= 2000),
	closed_at BIGINT,
	closed_day VARCHAR COLLATE "C",
	follow_up VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_visit_follow_up_length CHECK (length(follow_up) <= 2000),
	petition SMALLINT NOT NULL,
	urgent TEXT,
	first_clerk UUID,
	first_clerk_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_visit_first_clerk_name_length CHECK (length(first_clerk_name) <= 60),
	registered_by UUID,
	registered_by_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_visit_registered_by_name_length CHECK (length(registered_by_name) <= 60),
	merged_into UUID,
	steps TEXT NOT NULL,
	remark VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_visit_remark_length CHECK (length(remark) <= 2000),
	CONSTRAINT pk_visit PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_visit_batch ON visit (batch)
""",
    """
CREATE INDEX ix_visit_category ON visit (category, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_visit_closed ON visit (closed_day, due) WHERE deleted_at IS NULL AND state = 'closed'
""",
    """
CREATE INDEX ix_visit_counted ON visit (day, leads, people, state, handling, late_entry, petition, closed_day, matter, deleted_at) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_visit_due ON visit (due, uid) WHERE deleted_at IS NULL AND petition = 0 AND closed_day IS NULL
""",
    """
CREATE INDEX ix_visit_first_clerk ON visit (first_clerk, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_visit_handling ON visit (handling, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_visit_late_entry ON visit (at, uid) WHERE deleted_at IS NULL AND petition = 0 AND late_entry = 1
""",
    """
CREATE INDEX ix_visit_listed ON visit (at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_visit_name ON visit (name, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_visit_open ON visit (at, uid) WHERE deleted_at IS NULL AND petition = 0 AND closed_day IS NULL
""",
    """
CREATE INDEX ix_visit_resident ON visit (resident, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_visit_source ON visit (source, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_visit_state ON visit (state, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE UNIQUE INDEX uq_visit_number ON visit (number)
""",
    """
CREATE TABLE operator_secret (
	uid UUID NOT NULL,
	pin_hash TEXT,
	password_history TEXT NOT NULL,
	last_sign_in VARCHAR COLLATE "C",
	CONSTRAINT pk_operator_secret PRIMARY KEY (uid),
	CONSTRAINT fk_operator_secret_uid FOREIGN KEY(uid) REFERENCES operator (uid)
)
""",
    """
INSERT INTO meta (name, value) VALUES ('schema_version', '0')
""",
)
