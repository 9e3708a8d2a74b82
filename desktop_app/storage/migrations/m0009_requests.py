"""Step 9: 诉求台账. Frozen: a later change is a later step."""

# Statements are long and machine-shaped on purpose; nobody edits them.
# ruff: noqa: E501

NUMBER = 9
TITLE = "诉求台账"

SQLITE = (
    """
CREATE TABLE request (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	number TEXT NOT NULL CONSTRAINT ck_request_number_length CHECK (length(number) <= 40),
	kind TEXT NOT NULL CONSTRAINT ck_request_kind_known CHECK (kind IN ('appeal', 'order', 'wish')),
	source TEXT NOT NULL CONSTRAINT ck_request_source_known CHECK (source IN ('visit', 'call', 'grid', 'home', 'online', 'meeting', 'advisor', 'superior')),
	at INTEGER NOT NULL,
	day TEXT NOT NULL,
	late_entry INTEGER NOT NULL,
	platform TEXT NOT NULL CONSTRAINT ck_request_platform_length CHECK (length(platform) <= 200),
	external_number TEXT NOT NULL CONSTRAINT ck_request_external_number_length CHECK (length(external_number) <= 200),
	visit BLOB,
	activity BLOB,
	resolution BLOB,
	resident BLOB,
	name TEXT NOT NULL CONSTRAINT ck_request_name_length CHECK (length(name) <= 60),
	phone TEXT NOT NULL,
	compound BLOB,
	building TEXT NOT NULL CONSTRAINT ck_request_building_length CHECK (length(building) <= 20),
	unit TEXT NOT NULL CONSTRAINT ck_request_unit_length CHECK (length(unit) <= 20),
	room TEXT NOT NULL CONSTRAINT ck_request_room_length CHECK (length(room) <= 20),
	consented INTEGER NOT NULL,
	category TEXT NOT NULL CONSTRAINT ck_request_category_length CHECK (length(category) <= 40),
	title TEXT NOT NULL CONSTRAINT ck_request_title_length CHECK (length(title) <= 80),
	summary TEXT NOT NULL CONSTRAINT ck_request_summary_length CHECK (length(summary) <= 2000),
	urgency TEXT NOT NULL CONSTRAINT ck_request_urgency_known CHECK (urgency IN ('normal', 'soon', 'urgent')),
	dispute_stage TEXT CONSTRAINT ck_request_dispute_stage_known CHECK (dispute_stage IN ('settling', 'mediation', 'judgement', 'enforcement')),
	state TEXT NOT NULL CONSTRAINT ck_request_state_known CHECK (state IN ('registered', 'accepted', 'awaiting', 'dispatched', 'doing', 'untaken', 'listed', 'escalated', 'to_call_back', 'closed', 'not_ours', 'forwarded', 'withdrawn', 'merged')),
	assignee TEXT,
	assignee_uid BLOB,
	limit_days INTEGER,
	limit_from TEXT NOT NULL,
	due TEXT,
	pauses TEXT NOT NULL,
	dispatched_on TEXT,
	taken_by TEXT NOT NULL CONSTRAINT ck_request_taken_by_length CHECK (length(taken_by) <= 200),
	taken_at INTEGER,
	hand_backs INTEGER NOT NULL,
	result TEXT NOT NULL CONSTRAINT ck_request_result_length CHECK (length(result) <= 2000),
	done_on TEXT,
	called_back_on TEXT,
	call_back TEXT NOT NULL CONSTRAINT ck_request_call_back_length CHECK (length(call_back) <= 2000),
	forwarded_to TEXT NOT NULL CONSTRAINT ck_request_forwarded_to_length CHECK (length(forwarded_to) <= 200),
	forwarded_number TEXT NOT NULL CONSTRAINT ck_request_forwarded_number_length CHECK (length(forwarded_number) <= 200),
	merged_into BLOB,
	escalated_on TEXT,
	escalated TEXT,
	answer TEXT,
	closed_at INTEGER,
	closed_day TEXT,
	petition INTEGER NOT NULL,
	photos TEXT NOT NULL,
	photo_count INTEGER NOT NULL,
	registered_by BLOB,
	registered_by_name TEXT NOT NULL CONSTRAINT ck_request_registered_by_name_length CHECK (length(registered_by_name) <= 60),
	steps TEXT NOT NULL,
	remark TEXT NOT NULL CONSTRAINT ck_request_remark_length CHECK (length(remark) <= 2000),
	CONSTRAINT pk_request PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_request_assignee ON request (assignee_uid, at, uid) WHERE deleted_at IS NULL AND petition = 0 AND assignee_uid IS NOT NULL
""",
    """
CREATE INDEX ix_request_category ON request (category, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_request_closed ON request (closed_day, done_on, due) WHERE deleted_at IS NULL AND state = 'closed'
""",
    """
CREATE INDEX ix_request_compound ON request (compound, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_request_counted ON request (day, kind, state, late_entry, petition, closed_day, escalated_on, deleted_at) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_request_dispute ON request (at, uid) WHERE deleted_at IS NULL AND petition = 0 AND dispute_stage IS NOT NULL
""",
    """
CREATE INDEX ix_request_due ON request (due, uid) WHERE deleted_at IS NULL AND petition = 0 AND closed_day IS NULL AND done_on IS NULL
""",
    """
CREATE INDEX ix_request_escalated ON request (at, uid) WHERE deleted_at IS NULL AND petition = 0 AND escalated_on IS NOT NULL
""",
    """
CREATE INDEX ix_request_external ON request (external_number, at, uid) WHERE deleted_at IS NULL AND petition = 0 AND external_number <> ''
""",
    """
CREATE INDEX ix_request_kind ON request (kind, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_request_late_entry ON request (at, uid) WHERE deleted_at IS NULL AND petition = 0 AND late_entry = 1
""",
    """
CREATE INDEX ix_request_listed ON request (at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_request_name ON request (name, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_request_of_activity ON request (activity) WHERE deleted_at IS NULL AND activity IS NOT NULL
""",
    """
CREATE INDEX ix_request_of_merged_into ON request (merged_into) WHERE deleted_at IS NULL AND merged_into IS NOT NULL
""",
    """
CREATE INDEX ix_request_of_resolution ON request (resolution) WHERE deleted_at IS NULL AND resolution IS NOT NULL
""",
    """
CREATE INDEX ix_request_of_visit ON request (visit) WHERE deleted_at IS NULL AND visit IS NOT NULL
""",
    """
CREATE INDEX ix_request_open ON request (at, uid, state, due, done_on) WHERE deleted_at IS NULL AND petition = 0 AND closed_day IS NULL
""",
    """
CREATE INDEX ix_request_resident ON request (resident, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_request_source ON request (source, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_request_state ON request (state, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_request_station ON request (station, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE UNIQUE INDEX uq_request_number ON request (number)
""",
    """
CREATE TABLE request_evaluation (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	request BLOB NOT NULL,
	level TEXT NOT NULL CONSTRAINT ck_request_evaluation_level_known CHECK (level IN ('very_satisfied', 'satisfied', 'fair', 'dissatisfied', 'very_dissatisfied')),
	entered_from TEXT NOT NULL CONSTRAINT ck_request_evaluation_entered_from_known CHECK (entered_from IN ('second_screen', 'paper')),
	at INTEGER NOT NULL,
	day TEXT NOT NULL,
	CONSTRAINT pk_request_evaluation PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_request_evaluation_day ON request_evaluation (day, level)
""",
    """
CREATE UNIQUE INDEX uq_request_evaluation_request ON request_evaluation (request)
""",
)

POSTGRESQL = (
    """
CREATE TABLE request (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	number VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_request_number_length CHECK (length(number) <= 40),
	kind VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_request_kind_known CHECK (kind IN ('appeal', 'order', 'wish')),
	source VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_request_source_known CHECK (source IN ('visit', 'call', 'grid', 'home', 'online', 'meeting', 'advisor', 'superior')),
	at BIGINT NOT NULL,
	day VARCHAR COLLATE "C" NOT NULL,
	late_entry SMALLINT NOT NULL,
	platform VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_request_platform_length CHECK (length(platform) <= 200),
	external_number VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_request_external_number_length CHECK (length(external_number) <= 200),
	visit UUID,
	activity UUID,
	resolution UUID,
	resident UUID,
	name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_request_name_length CHECK (length(name) <= 60),
	phone TEXT NOT NULL,
	compound UUID,
	building VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_request_building_length CHECK (length(building) <= 20),
	unit VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_request_unit_length CHECK (length(unit) <= 20),
	room VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_request_room_length CHECK (length(room) <= 20),
	consented SMALLINT NOT NULL,
	category VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_request_category_length CHECK (length(category) <= 40),
	title VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_request_title_length CHECK (length(title) <= 80),
	summary VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_request_summary_length CHECK (length(summary) <= 2000),
	urgency VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_request_urgency_known CHECK (urgency IN ('normal', 'soon', 'urgent')),
	dispute_stage VARCHAR COLLATE "C" CONSTRAINT ck_request_dispute_stage_known CHECK (dispute_stage IN ('settling', 'mediation', 'judgement', 'enforcement')),
	state VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_request_state_known CHECK (state IN ('registered', 'accepted', 'awaiting', 'dispatched', 'doing', 'untaken', 'listed', 'escalated', 'to_call_back', 'closed', 'not_ours', 'forwarded', 'withdrawn', 'merged')),
	assignee TEXT,
	assignee_uid UUID,
	limit_days BIGINT,
	limit_from VARCHAR COLLATE "C" NOT NULL,
	due VARCHAR COLLATE "C",
	pauses TEXT NOT NULL,
	dispatched_on VARCHAR COLLATE "C",
	taken_by VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_request_taken_by_length CHECK (length(taken_by) <= 200),
	taken_at BIGINT,
	hand_backs BIGINT NOT NULL,
	result VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_request_result_length CHECK (length(result) <= 2000),
	done_on VARCHAR COLLATE "C",
	called_back_on VARCHAR COLLATE "C",
	call_back VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_request_call_back_length CHECK (length(call_back) <= 2000),
	forwarded_to VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_request_forwarded_to_length CHECK (length(forwarded_to) <= 200),
	forwarded_number VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_request_forwarded_number_length CHECK (length(forwarded_number) <= 200),
	merged_into UUID,
	escalated_on VARCHAR COLLATE "C",
	escalated TEXT,
	answer TEXT,
	closed_at BIGINT,
	closed_day VARCHAR COLLATE "C",
	petition SMALLINT NOT NULL,
	photos TEXT NOT NULL,
	photo_count BIGINT NOT NULL,
	registered_by UUID,
	registered_by_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_request_registered_by_name_length CHECK (length(registered_by_name) <= 60),
	steps TEXT NOT NULL,
	remark VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_request_remark_length CHECK (length(remark) <= 2000),
	CONSTRAINT pk_request PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_request_assignee ON request (assignee_uid, at, uid) WHERE deleted_at IS NULL AND petition = 0 AND assignee_uid IS NOT NULL
""",
    """
CREATE INDEX ix_request_category ON request (category, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_request_closed ON request (closed_day, done_on, due) WHERE deleted_at IS NULL AND state = 'closed'
""",
    """
CREATE INDEX ix_request_compound ON request (compound, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_request_counted ON request (day, kind, state, late_entry, petition, closed_day, escalated_on, deleted_at) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_request_dispute ON request (at, uid) WHERE deleted_at IS NULL AND petition = 0 AND dispute_stage IS NOT NULL
""",
    """
CREATE INDEX ix_request_due ON request (due, uid) WHERE deleted_at IS NULL AND petition = 0 AND closed_day IS NULL AND done_on IS NULL
""",
    """
CREATE INDEX ix_request_escalated ON request (at, uid) WHERE deleted_at IS NULL AND petition = 0 AND escalated_on IS NOT NULL
""",
    """
CREATE INDEX ix_request_external ON request (external_number, at, uid) WHERE deleted_at IS NULL AND petition = 0 AND external_number <> ''
""",
    """
CREATE INDEX ix_request_kind ON request (kind, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_request_late_entry ON request (at, uid) WHERE deleted_at IS NULL AND petition = 0 AND late_entry = 1
""",
    """
CREATE INDEX ix_request_listed ON request (at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_request_name ON request (name, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_request_of_activity ON request (activity) WHERE deleted_at IS NULL AND activity IS NOT NULL
""",
    """
CREATE INDEX ix_request_of_merged_into ON request (merged_into) WHERE deleted_at IS NULL AND merged_into IS NOT NULL
""",
    """
CREATE INDEX ix_request_of_resolution ON request (resolution) WHERE deleted_at IS NULL AND resolution IS NOT NULL
""",
    """
CREATE INDEX ix_request_of_visit ON request (visit) WHERE deleted_at IS NULL AND visit IS NOT NULL
""",
    """
CREATE INDEX ix_request_open ON request (at, uid, state, due, done_on) WHERE deleted_at IS NULL AND petition = 0 AND closed_day IS NULL
""",
    """
CREATE INDEX ix_request_resident ON request (resident, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_request_source ON request (source, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_request_state ON request (state, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE INDEX ix_request_station ON request (station, at, uid) WHERE deleted_at IS NULL AND petition = 0
""",
    """
CREATE UNIQUE INDEX uq_request_number ON request (number)
""",
    """
CREATE TABLE request_evaluation (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	request UUID NOT NULL,
	level VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_request_evaluation_level_known CHECK (level IN ('very_satisfied', 'satisfied', 'fair', 'dissatisfied', 'very_dissatisfied')),
	entered_from VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_request_evaluation_entered_from_known CHECK (entered_from IN ('second_screen', 'paper')),
	at BIGINT NOT NULL,
	day VARCHAR COLLATE "C" NOT NULL,
	CONSTRAINT pk_request_evaluation PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_request_evaluation_day ON request_evaluation (day, level)
""",
    """
CREATE UNIQUE INDEX uq_request_evaluation_request ON request_evaluation (request)
""",
)
