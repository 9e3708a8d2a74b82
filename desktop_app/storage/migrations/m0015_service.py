"""Step 15: 志愿服务. Frozen: a later change is a later step."""

# Statements are long and machine-shaped on purpose; nobody edits them.
# ruff: noqa: E501

NUMBER = 15
TITLE = "志愿服务"

SQLITE = (
    """
CREATE TABLE certificate (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	number TEXT NOT NULL CONSTRAINT ck_certificate_number_length CHECK (length(number) <= 40),
	volunteer BLOB NOT NULL,
	name TEXT NOT NULL CONSTRAINT ck_certificate_name_length CHECK (length(name) <= 60),
	gender INTEGER NOT NULL CONSTRAINT ck_certificate_gender_known CHECK (gender IN (0, 1, 2, 9)),
	id_kind TEXT CONSTRAINT ck_certificate_id_kind_known CHECK (id_kind IN ('resident_id_card', 'household_register', 'passport', 'hk_macao_permit', 'taiwan_permit', 'hk_macao_taiwan_residence', 'foreign_permanent_residence', 'birth_certificate', 'other')),
	id_number TEXT NOT NULL,
	volunteer_number TEXT NOT NULL CONSTRAINT ck_certificate_volunteer_number_length CHECK (length(volunteer_number) <= 40),
	national_number TEXT NOT NULL CONSTRAINT ck_certificate_national_number_length CHECK (length(national_number) <= 200),
	first TEXT NOT NULL,
	last TEXT NOT NULL,
	minutes INTEGER NOT NULL,
	lines TEXT NOT NULL,
	issuer TEXT NOT NULL CONSTRAINT ck_certificate_issuer_length CHECK (length(issuer) <= 200),
	issuer_kind TEXT NOT NULL CONSTRAINT ck_certificate_issuer_kind_length CHECK (length(issuer_kind) <= 200),
	head TEXT NOT NULL CONSTRAINT ck_certificate_head_length CHECK (length(head) <= 200),
	handler TEXT NOT NULL CONSTRAINT ck_certificate_handler_length CHECK (length(handler) <= 60),
	phone TEXT NOT NULL CONSTRAINT ck_certificate_phone_length CHECK (length(phone) <= 200),
	purpose TEXT NOT NULL CONSTRAINT ck_certificate_purpose_length CHECK (length(purpose) <= 200),
	state TEXT NOT NULL CONSTRAINT ck_certificate_state_known CHECK (state IN ('applied', 'verified', 'issued', 'publicised', 'archived', 'void')),
	applied_on TEXT NOT NULL,
	applied_by BLOB,
	applied_by_name TEXT NOT NULL CONSTRAINT ck_certificate_applied_by_name_length CHECK (length(applied_by_name) <= 60),
	verified_on TEXT,
	verified_by BLOB,
	verified_by_name TEXT NOT NULL CONSTRAINT ck_certificate_verified_by_name_length CHECK (length(verified_by_name) <= 60),
	issued_on TEXT,
	public_from TEXT,
	public_until TEXT,
	collected_by TEXT NOT NULL CONSTRAINT ck_certificate_collected_by_length CHECK (length(collected_by) <= 60),
	collected_on TEXT,
	void_reason TEXT NOT NULL CONSTRAINT ck_certificate_void_reason_length CHECK (length(void_reason) <= 500),
	replaces BLOB,
	replaced_by BLOB,
	code TEXT NOT NULL CONSTRAINT ck_certificate_code_length CHECK (length(code) <= 12),
	paper BLOB,
	steps TEXT NOT NULL,
	CONSTRAINT pk_certificate PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_certificate_given ON certificate (issued_on, station) WHERE deleted_at IS NULL AND state IN ('issued', 'publicised', 'archived')
""",
    """
CREATE INDEX ix_certificate_listed ON certificate (applied_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_certificate_state ON certificate (state, applied_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_certificate_station ON certificate (station, applied_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_certificate_volunteer ON certificate (volunteer, applied_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE UNIQUE INDEX uq_certificate_number ON certificate (number)
""",
    """
CREATE TABLE service_record (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	number TEXT NOT NULL CONSTRAINT ck_service_record_number_length CHECK (length(number) <= 40),
	volunteer BLOB NOT NULL,
	team BLOB,
	activity BLOB,
	attendance BLOB,
	post BLOB,
	shift BLOB,
	request BLOB,
	title TEXT NOT NULL CONSTRAINT ck_service_record_title_length CHECK (length(title) <= 200),
	started_at INTEGER NOT NULL,
	ended_at INTEGER,
	day TEXT NOT NULL,
	excluded_minutes INTEGER NOT NULL,
	excluded_words TEXT NOT NULL CONSTRAINT ck_service_record_excluded_words_length CHECK (length(excluded_words) <= 200),
	minutes INTEGER CONSTRAINT ck_service_record_minutes_count CHECK (minutes IS NULL OR minutes >= 0),
	source TEXT NOT NULL CONSTRAINT ck_service_record_source_known CHECK (source IN ('signed', 'entered', 'imported')),
	late INTEGER NOT NULL,
	overlap_reason TEXT NOT NULL CONSTRAINT ck_service_record_overlap_reason_length CHECK (length(overlap_reason) <= 500),
	content TEXT NOT NULL CONSTRAINT ck_service_record_content_length CHECK (length(content) <= 2000),
	recipients TEXT NOT NULL,
	served INTEGER,
	organiser TEXT NOT NULL CONSTRAINT ck_service_record_organiser_length CHECK (length(organiser) <= 200),
	head TEXT NOT NULL CONSTRAINT ck_service_record_head_length CHECK (length(head) <= 60),
	place_words TEXT NOT NULL CONSTRAINT ck_service_record_place_words_length CHECK (length(place_words) <= 200),
	good_deed INTEGER NOT NULL,
	rating TEXT CONSTRAINT ck_service_record_rating_known CHECK (rating IN ('very_satisfied', 'satisfied', 'fair', 'dissatisfied', 'very_dissatisfied')),
	state TEXT NOT NULL CONSTRAINT ck_service_record_state_known CHECK (state IN ('open', 'to_confirm', 'confirmed', 'void')),
	confirmed_by BLOB,
	confirmed_by_name TEXT NOT NULL CONSTRAINT ck_service_record_confirmed_by_name_length CHECK (length(confirmed_by_name) <= 60),
	confirmed_on TEXT,
	uploaded_on TEXT,
	void_reason TEXT NOT NULL CONSTRAINT ck_service_record_void_reason_length CHECK (length(void_reason) <= 500),
	steps TEXT NOT NULL,
	remark TEXT NOT NULL CONSTRAINT ck_service_record_remark_length CHECK (length(remark) <= 2000),
	month TEXT NOT NULL,
	CONSTRAINT pk_service_record PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_service_record_activity ON service_record (activity) WHERE deleted_at IS NULL AND activity IS NOT NULL
""",
    """
CREATE INDEX ix_service_record_attendance ON service_record (attendance) WHERE deleted_at IS NULL AND attendance IS NOT NULL
""",
    """
CREATE INDEX ix_service_record_counted ON service_record (day, month, station, volunteer, source, good_deed, served, minutes, deleted_at) WHERE deleted_at IS NULL AND state = 'confirmed'
""",
    """
CREATE INDEX ix_service_record_hours ON service_record (volunteer, month, day, team, minutes, deleted_at) WHERE deleted_at IS NULL AND state = 'confirmed'
""",
    """
CREATE INDEX ix_service_record_listed ON service_record (day, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_service_record_open ON service_record (volunteer, day) WHERE deleted_at IS NULL AND state = 'open'
""",
    """
CREATE INDEX ix_service_record_post ON service_record (post) WHERE deleted_at IS NULL AND post IS NOT NULL
""",
    """
CREATE INDEX ix_service_record_request ON service_record (request) WHERE deleted_at IS NULL AND request IS NOT NULL
""",
    """
CREATE INDEX ix_service_record_shift ON service_record (shift) WHERE deleted_at IS NULL AND shift IS NOT NULL
""",
    """
CREATE INDEX ix_service_record_state ON service_record (state, day, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_service_record_station ON service_record (station, day, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_service_record_team ON service_record (team, day, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_service_record_times ON service_record (volunteer, started_at, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_service_record_volunteer ON service_record (volunteer, day, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_service_record_waiting ON service_record (day, station, state, deleted_at) WHERE deleted_at IS NULL AND state IN ('open', 'to_confirm')
""",
    """
CREATE UNIQUE INDEX uq_service_record_number ON service_record (number)
""",
    """
CREATE TABLE station_secret (
	purpose TEXT NOT NULL,
	value TEXT NOT NULL,
	CONSTRAINT pk_station_secret PRIMARY KEY (purpose)
)
 STRICT
""",
)

POSTGRESQL = (
    """
CREATE TABLE certificate (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	number VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_certificate_number_length CHECK (length(number) <= 40),
	volunteer UUID NOT NULL,
	name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_certificate_name_length CHECK (length(name) <= 60),
	gender BIGINT NOT NULL CONSTRAINT ck_certificate_gender_known CHECK (gender IN (0, 1, 2, 9)),
	id_kind VARCHAR COLLATE "C" CONSTRAINT ck_certificate_id_kind_known CHECK (id_kind IN ('resident_id_card', 'household_register', 'passport', 'hk_macao_permit', 'taiwan_permit', 'hk_macao_taiwan_residence', 'foreign_permanent_residence', 'birth_certificate', 'other')),
	id_number TEXT NOT NULL,
	volunteer_number VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_certificate_volunteer_number_length CHECK (length(volunteer_number) <= 40),
	national_number VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_certificate_national_number_length CHECK (length(national_number) <= 200),
	first VARCHAR COLLATE "C" NOT NULL,
	last VARCHAR COLLATE "C" NOT NULL,
	minutes BIGINT NOT NULL,
	lines TEXT NOT NULL,
	issuer VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_certificate_issuer_length CHECK (length(issuer) <= 200),
	issuer_kind VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_certificate_issuer_kind_length CHECK (length(issuer_kind) <= 200),
	head VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_certificate_head_length CHECK (length(head) <= 200),
	handler VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_certificate_handler_length CHECK (length(handler) <= 60),
	phone VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_certificate_phone_length CHECK (length(phone) <= 200),
	purpose VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_certificate_purpose_length CHECK (length(purpose) <= 200),
	state VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_certificate_state_known CHECK (state IN ('applied', 'verified', 'issued', 'publicised', 'archived', 'void')),
	applied_on VARCHAR COLLATE "C" NOT NULL,
	applied_by UUID,
	applied_by_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_certificate_applied_by_name_length CHECK (length(applied_by_name) <= 60),
	verified_on VARCHAR COLLATE "C",
	verified_by UUID,
	verified_by_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_certificate_verified_by_name_length CHECK (length(verified_by_name) <= 60),
	issued_on VARCHAR COLLATE "C",
	public_from VARCHAR COLLATE "C",
	public_until VARCHAR COLLATE "C",
	collected_by VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_certificate_collected_by_length CHECK (length(collected_by) <= 60),
	collected_on VARCHAR COLLATE "C",
	void_reason VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_certificate_void_reason_length CHECK (length(void_reason) <= 500),
	replaces UUID,
	replaced_by UUID,
	code VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_certificate_code_length CHECK (length(code) <= 12),
	paper UUID,
	steps TEXT NOT NULL,
	CONSTRAINT pk_certificate PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_certificate_given ON certificate (issued_on, station) WHERE deleted_at IS NULL AND state IN ('issued', 'publicised', 'archived')
""",
    """
CREATE INDEX ix_certificate_listed ON certificate (applied_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_certificate_state ON certificate (state, applied_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_certificate_station ON certificate (station, applied_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_certificate_volunteer ON certificate (volunteer, applied_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE UNIQUE INDEX uq_certificate_number ON certificate (number)
""",
    """
CREATE TABLE service_record (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	number VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_service_record_number_length CHECK (length(number) <= 40),
	volunteer UUID NOT NULL,
	team UUID,
	activity UUID,
	attendance UUID,
	post UUID,
	shift UUID,
	request UUID,
	title VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_service_record_title_length CHECK (length(title) <= 200),
	started_at BIGINT NOT NULL,
	ended_at BIGINT,
	day VARCHAR COLLATE "C" NOT NULL,
	excluded_minutes BIGINT NOT NULL,
	excluded_words VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_service_record_excluded_words_length CHECK (length(excluded_words) <= 200),
	minutes BIGINT CONSTRAINT ck_service_record_minutes_count CHECK (minutes IS NULL OR minutes >= 0),
	source VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_service_record_source_known CHECK (source IN ('signed', 'entered', 'imported')),
	late SMALLINT NOT NULL,
	overlap_reason VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_service_record_overlap_reason_length CHECK (length(overlap_reason) <= 500),
	content VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_service_record_content_length CHECK (length(content) <= 2000),
	recipients TEXT NOT NULL,
	served BIGINT,
	organiser VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_service_record_organiser_length CHECK (length(organiser) <= 200),
	head VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_service_record_head_length CHECK (length(head) <= 60),
	place_words VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_service_record_place_words_length CHECK (length(place_words) <= 200),
	good_deed SMALLINT NOT NULL,
	rating VARCHAR COLLATE "C" CONSTRAINT ck_service_record_rating_known CHECK (rating IN ('very_satisfied', 'satisfied', 'fair', 'dissatisfied', 'very_dissatisfied')),
	state VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_service_record_state_known CHECK (state IN ('open', 'to_confirm', 'confirmed', 'void')),
	confirmed_by UUID,
	confirmed_by_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_service_record_confirmed_by_name_length CHECK (length(confirmed_by_name) <= 60),
	confirmed_on VARCHAR COLLATE "C",
	uploaded_on VARCHAR COLLATE "C",
	void_reason VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_service_record_void_reason_length CHECK (length(void_reason) <= 500),
	steps TEXT NOT NULL,
	remark VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_service_record_remark_length CHECK (length(remark) <= 2000),
	month VARCHAR COLLATE "C" NOT NULL,
	CONSTRAINT pk_service_record PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_service_record_activity ON service_record (activity) WHERE deleted_at IS NULL AND activity IS NOT NULL
""",
    """
CREATE INDEX ix_service_record_attendance ON service_record (attendance) WHERE deleted_at IS NULL AND attendance IS NOT NULL
""",
    """
CREATE INDEX ix_service_record_counted ON service_record (day, month, station, volunteer, source, good_deed, served, minutes, deleted_at) WHERE deleted_at IS NULL AND state = 'confirmed'
""",
    """
CREATE INDEX ix_service_record_hours ON service_record (volunteer, month, day, team, minutes, deleted_at) WHERE deleted_at IS NULL AND state = 'confirmed'
""",
    """
CREATE INDEX ix_service_record_listed ON service_record (day, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_service_record_open ON service_record (volunteer, day) WHERE deleted_at IS NULL AND state = 'open'
""",
    """
CREATE INDEX ix_service_record_post ON service_record (post) WHERE deleted_at IS NULL AND post IS NOT NULL
""",
    """
CREATE INDEX ix_service_record_request ON service_record (request) WHERE deleted_at IS NULL AND request IS NOT NULL
""",
    """
CREATE INDEX ix_service_record_shift ON service_record (shift) WHERE deleted_at IS NULL AND shift IS NOT NULL
""",
    """
CREATE INDEX ix_service_record_state ON service_record (state, day, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_service_record_station ON service_record (station, day, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_service_record_team ON service_record (team, day, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_service_record_times ON service_record (volunteer, started_at, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_service_record_volunteer ON service_record (volunteer, day, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_service_record_waiting ON service_record (day, station, state, deleted_at) WHERE deleted_at IS NULL AND state IN ('open', 'to_confirm')
""",
    """
CREATE UNIQUE INDEX uq_service_record_number ON service_record (number)
""",
    """
CREATE TABLE station_secret (
	purpose VARCHAR COLLATE "C" NOT NULL,
	value TEXT NOT NULL,
	CONSTRAINT pk_station_secret PRIMARY KEY (purpose)
)
""",
)
