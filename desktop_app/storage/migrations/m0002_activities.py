"""Step 2: the tables of the activities ledger. Frozen: a later change is a later step."""

# Statements are long and machine-shaped on purpose; nobody edits them.
# ruff: noqa: E501

NUMBER = 2
TITLE = "活动台账"

SQLITE = (
    """
CREATE TABLE activity (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	number TEXT NOT NULL CONSTRAINT ck_activity_number_length CHECK (length(number) <= 40),
	kind TEXT NOT NULL CONSTRAINT ck_activity_kind_length CHECK (length(kind) <= 20),
	meeting INTEGER NOT NULL,
	name TEXT NOT NULL CONSTRAINT ck_activity_name_length CHECK (length(name) <= 100),
	brand TEXT NOT NULL CONSTRAINT ck_activity_brand_length CHECK (length(brand) <= 200),
	starts_at INTEGER NOT NULL,
	ends_at INTEGER NOT NULL,
	day TEXT NOT NULL,
	late_entry INTEGER NOT NULL,
	place BLOB,
	place_words TEXT NOT NULL CONSTRAINT ck_activity_place_words_length CHECK (length(place_words) <= 200),
	organiser TEXT NOT NULL CONSTRAINT ck_activity_organiser_length CHECK (length(organiser) <= 200),
	undertaker TEXT NOT NULL CONSTRAINT ck_activity_undertaker_length CHECK (length(undertaker) <= 200),
	co_organiser TEXT NOT NULL CONSTRAINT ck_activity_co_organiser_length CHECK (length(co_organiser) <= 200),
	partners TEXT NOT NULL,
	host TEXT NOT NULL CONSTRAINT ck_activity_host_length CHECK (length(host) <= 200),
	expected INTEGER CONSTRAINT ck_activity_expected_range CHECK (expected BETWEEN 0 AND 9999),
	agenda TEXT NOT NULL CONSTRAINT ck_activity_agenda_length CHECK (length(agenda) <= 4000),
	state TEXT NOT NULL CONSTRAINT ck_activity_state_known CHECK (state IN ('planned', 'open', 'running', 'to_record', 'to_review', 'archived', 'cancelled')),
	summary TEXT NOT NULL CONSTRAINT ck_activity_summary_length CHECK (length(summary) <= 4000),
	outcome TEXT NOT NULL CONSTRAINT ck_activity_outcome_length CHECK (length(outcome) <= 4000),
	next_steps TEXT NOT NULL CONSTRAINT ck_activity_next_steps_length CHECK (length(next_steps) <= 4000),
	served INTEGER,
	resolutions TEXT NOT NULL,
	solved TEXT NOT NULL,
	reviews TEXT NOT NULL,
	disclosed_on TEXT,
	disclosed_at TEXT NOT NULL CONSTRAINT ck_activity_disclosed_at_length CHECK (length(disclosed_at) <= 200),
	funds TEXT NOT NULL,
	media TEXT NOT NULL CONSTRAINT ck_activity_media_length CHECK (length(media) <= 4000),
	photos TEXT NOT NULL,
	corrections TEXT NOT NULL,
	recorder TEXT NOT NULL CONSTRAINT ck_activity_recorder_length CHECK (length(recorder) <= 200),
	recorded_by BLOB,
	recorded_on TEXT,
	reviewer TEXT NOT NULL CONSTRAINT ck_activity_reviewer_length CHECK (length(reviewer) <= 200),
	reviewed_by BLOB,
	reviewed_on TEXT,
	series BLOB,
	occurrence INTEGER NOT NULL,
	repeat TEXT,
	copied_from BLOB,
	planned_by BLOB,
	planned_by_name TEXT NOT NULL CONSTRAINT ck_activity_planned_by_name_length CHECK (length(planned_by_name) <= 60),
	steps TEXT NOT NULL,
	remark TEXT NOT NULL CONSTRAINT ck_activity_remark_length CHECK (length(remark) <= 4000),
	solved_count INTEGER NOT NULL,
	photo_count INTEGER NOT NULL,
	party_stated INTEGER,
	volunteer_stated INTEGER,
	public_stated INTEGER,
	partner_stated INTEGER,
	CONSTRAINT pk_activity PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_activity_day ON activity (day, starts_at, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_activity_held ON activity (starts_at, uid) WHERE deleted_at IS NULL AND state IN ('running', 'to_record', 'to_review', 'archived')
""",
    """
CREATE INDEX ix_activity_kind ON activity (kind, starts_at, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_activity_late_entry ON activity (starts_at, uid) WHERE deleted_at IS NULL AND late_entry = 1
""",
    """
CREATE INDEX ix_activity_listed ON activity (starts_at, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_activity_name ON activity (name, starts_at, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_activity_series ON activity (series, occurrence) WHERE series IS NOT NULL
""",
    """
CREATE INDEX ix_activity_state ON activity (state, starts_at, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_activity_unrecorded ON activity (starts_at, uid) WHERE deleted_at IS NULL AND state IN ('planned', 'open', 'running', 'to_record')
""",
    """
CREATE INDEX ix_activity_unreviewed ON activity (starts_at, uid) WHERE deleted_at IS NULL AND state IN ('running', 'to_record', 'to_review')
""",
    """
CREATE UNIQUE INDEX uq_activity_number ON activity (number)
""",
    """
CREATE TABLE attendance (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	activity BLOB NOT NULL,
	resident BLOB,
	name TEXT NOT NULL CONSTRAINT ck_attendance_name_length CHECK (length(name) <= 60),
	"group" TEXT NOT NULL CONSTRAINT ck_attendance_group_known CHECK ("group" IN ('party', 'volunteer', 'public', 'partner')),
	unit TEXT NOT NULL CONSTRAINT ck_attendance_unit_length CHECK (length(unit) <= 100),
	phone TEXT NOT NULL,
	signed_up_at INTEGER,
	arrived_at INTEGER,
	left_at INTEGER,
	source TEXT NOT NULL CONSTRAINT ck_attendance_source_known CHECK (source IN ('signed_in', 'late', 'imported')),
	absent_reason TEXT NOT NULL CONSTRAINT ck_attendance_absent_reason_length CHECK (length(absent_reason) <= 200),
	remark TEXT NOT NULL CONSTRAINT ck_attendance_remark_length CHECK (length(remark) <= 500),
	CONSTRAINT pk_attendance PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_attendance_counted ON attendance (activity, "group", arrived_at) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_attendance_listed ON attendance (uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_attendance_name ON attendance (name, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_attendance_person ON attendance (activity, name) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_attendance_resident ON attendance (resident, uid) WHERE deleted_at IS NULL AND resident IS NOT NULL
""",
)

POSTGRESQL = (
    """
CREATE TABLE activity (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	number VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_activity_number_length CHECK (length(number) <= 40),
	kind VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_activity_kind_length CHECK (length(kind) <= 20),
	meeting SMALLINT NOT NULL,
	name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_activity_name_length CHECK (length(name) <= 100),
	brand VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_activity_brand_length CHECK (length(brand) <= 200),
	starts_at BIGINT NOT NULL,
	ends_at BIGINT NOT NULL,
	day VARCHAR COLLATE "C" NOT NULL,
	late_entry SMALLINT NOT NULL,
	place UUID,
	place_words VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_activity_place_words_length CHECK (length(place_words) <= 200),
	organiser VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_activity_organiser_length CHECK (length(organiser) <= 200),
	undertaker VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_activity_undertaker_length CHECK (length(undertaker) <= 200),
	co_organiser VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_activity_co_organiser_length CHECK (length(co_organiser) <= 200),
	partners TEXT NOT NULL,
	host VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_activity_host_length CHECK (length(host) <= 200),
	expected BIGINT CONSTRAINT ck_activity_expected_range CHECK (expected BETWEEN 0 AND 9999),
	agenda VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_activity_agenda_length CHECK (length(agenda) <= 4000),
	state VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_activity_state_known CHECK (state IN ('planned', 'open', 'running', 'to_record', 'to_review', 'archived', 'cancelled')),
	summary VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_activity_summary_length CHECK (length(summary) <= 4000),
	outcome VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_activity_outcome_length CHECK (length(outcome) <= 4000),
	next_steps VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_activity_next_steps_length CHECK (length(next_steps) <= 4000),
	served BIGINT,
	resolutions TEXT NOT NULL,
	solved TEXT NOT NULL,
	reviews TEXT NOT NULL,
	disclosed_on VARCHAR COLLATE "C",
	disclosed_at VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_activity_disclosed_at_length CHECK (length(disclosed_at) <= 200),
	funds TEXT NOT NULL,
	media VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_activity_media_length CHECK (length(media) <= 4000),
	photos TEXT NOT NULL,
	corrections TEXT NOT NULL,
	recorder VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_activity_recorder_length CHECK (length(recorder) <= 200),
	recorded_by UUID,
	recorded_on VARCHAR COLLATE "C",
	reviewer VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_activity_reviewer_length CHECK (length(reviewer) <= 200),
	reviewed_by UUID,
	reviewed_on VARCHAR COLLATE "C",
	series UUID,
	occurrence BIGINT NOT NULL,
	repeat TEXT,
	copied_from UUID,
	planned_by UUID,
	planned_by_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_activity_planned_by_name_length CHECK (length(planned_by_name) <= 60),
	steps TEXT NOT NULL,
	remark VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_activity_remark_length CHECK (length(remark) <= 4000),
	solved_count BIGINT NOT NULL,
	photo_count BIGINT NOT NULL,
	party_stated BIGINT,
	volunteer_stated BIGINT,
	public_stated BIGINT,
	partner_stated BIGINT,
	CONSTRAINT pk_activity PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_activity_day ON activity (day, starts_at, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_activity_held ON activity (starts_at, uid) WHERE deleted_at IS NULL AND state IN ('running', 'to_record', 'to_review', 'archived')
""",
    """
CREATE INDEX ix_activity_kind ON activity (kind, starts_at, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_activity_late_entry ON activity (starts_at, uid) WHERE deleted_at IS NULL AND late_entry = 1
""",
    """
CREATE INDEX ix_activity_listed ON activity (starts_at, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_activity_name ON activity (name, starts_at, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_activity_series ON activity (series, occurrence) WHERE series IS NOT NULL
""",
    """
CREATE INDEX ix_activity_state ON activity (state, starts_at, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_activity_unrecorded ON activity (starts_at, uid) WHERE deleted_at IS NULL AND state IN ('planned', 'open', 'running', 'to_record')
""",
    """
CREATE INDEX ix_activity_unreviewed ON activity (starts_at, uid) WHERE deleted_at IS NULL AND state IN ('running', 'to_record', 'to_review')
""",
    """
CREATE UNIQUE INDEX uq_activity_number ON activity (number)
""",
    """
CREATE TABLE attendance (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	activity UUID NOT NULL,
	resident UUID,
	name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_attendance_name_length CHECK (length(name) <= 60),
	"group" VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_attendance_group_known CHECK ("group" IN ('party', 'volunteer', 'public', 'partner')),
	unit VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_attendance_unit_length CHECK (length(unit) <= 100),
	phone TEXT NOT NULL,
	signed_up_at BIGINT,
	arrived_at BIGINT,
	left_at BIGINT,
	source VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_attendance_source_known CHECK (source IN ('signed_in', 'late', 'imported')),
	absent_reason VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_attendance_absent_reason_length CHECK (length(absent_reason) <= 200),
	remark VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_attendance_remark_length CHECK (length(remark) <= 500),
	CONSTRAINT pk_attendance PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_attendance_counted ON attendance (activity, "group", arrived_at) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_attendance_listed ON attendance (uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_attendance_name ON attendance (name, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_attendance_person ON attendance (activity, name) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_attendance_resident ON attendance (resident, uid) WHERE deleted_at IS NULL AND resident IS NOT NULL
""",
)
