"""Step 10: 三单共建. Frozen: a later change is a later step."""

# Statements are long and machine-shaped on purpose; nobody edits them.
# ruff: noqa: E501

NUMBER = 10
TITLE = "三单共建"

SQLITE = (
    """
CREATE TABLE duty (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	number TEXT NOT NULL CONSTRAINT ck_duty_number_length CHECK (length(number) <= 40),
	problem BLOB NOT NULL,
	problem_number TEXT NOT NULL CONSTRAINT ck_duty_problem_number_length CHECK (length(problem_number) <= 40),
	category TEXT NOT NULL CONSTRAINT ck_duty_category_length CHECK (length(category) <= 40),
	compound BLOB,
	turn INTEGER NOT NULL,
	offer BLOB,
	partner BLOB,
	unit TEXT NOT NULL CONSTRAINT ck_duty_unit_length CHECK (length(unit) <= 200),
	person TEXT NOT NULL CONSTRAINT ck_duty_person_length CHECK (length(person) <= 60),
	person_phone TEXT NOT NULL,
	helpers TEXT NOT NULL CONSTRAINT ck_duty_helpers_length CHECK (length(helpers) <= 200),
	level TEXT NOT NULL CONSTRAINT ck_duty_level_known CHECK (level IN ('building', 'branch', 'community', 'street', 'district')),
	due TEXT NOT NULL,
	measures TEXT NOT NULL CONSTRAINT ck_duty_measures_length CHECK (length(measures) <= 2000),
	amount INTEGER,
	progress TEXT NOT NULL,
	result TEXT NOT NULL CONSTRAINT ck_duty_result_length CHECK (length(result) <= 2000),
	evidence TEXT NOT NULL,
	activities TEXT NOT NULL,
	opinion TEXT,
	extensions TEXT NOT NULL,
	escalations TEXT NOT NULL,
	closings TEXT NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_duty_state_known CHECK (state IN ('proposed', 'doing', 'to_review', 'closed', 'declined', 'cancelled')),
	proposed_on TEXT NOT NULL,
	proposed_by BLOB,
	proposed_by_name TEXT NOT NULL CONSTRAINT ck_duty_proposed_by_name_length CHECK (length(proposed_by_name) <= 60),
	accepted_on TEXT,
	submitted_by BLOB,
	submitted_by_name TEXT NOT NULL CONSTRAINT ck_duty_submitted_by_name_length CHECK (length(submitted_by_name) <= 60),
	submitted_on TEXT,
	reviewer BLOB,
	reviewer_name TEXT NOT NULL CONSTRAINT ck_duty_reviewer_name_length CHECK (length(reviewer_name) <= 60),
	reviewer_role TEXT CONSTRAINT ck_duty_reviewer_role_known CHECK (reviewer_role IN ('second', 'community', 'street', 'resident')),
	confirmation TEXT,
	reviewed_on TEXT,
	closed_on TEXT,
	decline_reason TEXT NOT NULL CONSTRAINT ck_duty_decline_reason_length CHECK (length(decline_reason) <= 500),
	steps TEXT NOT NULL,
	remark TEXT NOT NULL CONSTRAINT ck_duty_remark_length CHECK (length(remark) <= 2000),
	extended INTEGER NOT NULL,
	photo_count INTEGER NOT NULL,
	CONSTRAINT pk_duty PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_duty_category ON duty (category, proposed_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_duty_closed ON duty (closed_on, due) WHERE deleted_at IS NULL AND state = 'closed'
""",
    """
CREATE INDEX ix_duty_compound ON duty (compound, proposed_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_duty_listed ON duty (proposed_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_duty_live ON duty (due, uid) WHERE deleted_at IS NULL AND state IN ('proposed', 'doing', 'to_review')
""",
    """
CREATE INDEX ix_duty_offer ON duty (offer, state) WHERE deleted_at IS NULL AND offer IS NOT NULL
""",
    """
CREATE INDEX ix_duty_partner ON duty (partner, state) WHERE deleted_at IS NULL AND partner IS NOT NULL
""",
    """
CREATE INDEX ix_duty_problem ON duty (problem, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_duty_state ON duty (state, proposed_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_duty_station ON duty (station, proposed_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_duty_unit ON duty (unit, proposed_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE UNIQUE INDEX uq_duty_number ON duty (number)
""",
    """
CREATE TABLE offer (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	number TEXT NOT NULL CONSTRAINT ck_offer_number_length CHECK (length(number) <= 40),
	offered_on TEXT NOT NULL,
	partner BLOB NOT NULL,
	partner_name TEXT NOT NULL CONSTRAINT ck_offer_partner_name_length CHECK (length(partner_name) <= 200),
	resource TEXT NOT NULL CONSTRAINT ck_offer_resource_length CHECK (length(resource) <= 200),
	category TEXT NOT NULL CONSTRAINT ck_offer_category_length CHECK (length(category) <= 40),
	way TEXT NOT NULL CONSTRAINT ck_offer_way_known CHECK (way IN ('at_home', 'at_station', 'online', 'venue', 'goods', 'money')),
	compounds TEXT NOT NULL,
	from_on TEXT NOT NULL,
	until_on TEXT,
	weekdays_words TEXT NOT NULL CONSTRAINT ck_offer_weekdays_words_length CHECK (length(weekdays_words) <= 200),
	amount INTEGER,
	unit_word TEXT NOT NULL CONSTRAINT ck_offer_unit_word_length CHECK (length(unit_word) <= 10),
	promised INTEGER NOT NULL CONSTRAINT ck_offer_promised_counts CHECK (promised >= 0) CONSTRAINT ck_offer_promised_is_there CHECK (amount IS NULL OR promised <= amount),
	for_problem BLOB,
	agreement BLOB,
	state TEXT NOT NULL CONSTRAINT ck_offer_state_known CHECK (state IN ('open', 'withdrawn')),
	registered_by BLOB,
	registered_by_name TEXT NOT NULL CONSTRAINT ck_offer_registered_by_name_length CHECK (length(registered_by_name) <= 60),
	steps TEXT NOT NULL,
	remark TEXT NOT NULL CONSTRAINT ck_offer_remark_length CHECK (length(remark) <= 2000),
	areas TEXT NOT NULL,
	free INTEGER,
	CONSTRAINT pk_offer PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_offer_agreement ON offer (agreement) WHERE deleted_at IS NULL AND agreement IS NOT NULL
""",
    """
CREATE INDEX ix_offer_for_problem ON offer (for_problem) WHERE deleted_at IS NULL AND for_problem IS NOT NULL
""",
    """
CREATE INDEX ix_offer_listed ON offer (offered_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_offer_matching ON offer (category, free, until_on, for_problem, resource, areas, uid) WHERE deleted_at IS NULL AND state = 'open'
""",
    """
CREATE INDEX ix_offer_partner ON offer (partner, offered_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_offer_station ON offer (station, offered_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE UNIQUE INDEX uq_offer_number ON offer (number)
""",
    """
CREATE TABLE problem (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	number TEXT NOT NULL CONSTRAINT ck_problem_number_length CHECK (length(number) <= 40),
	raised_on TEXT NOT NULL,
	late_entry INTEGER NOT NULL,
	source TEXT NOT NULL CONSTRAINT ck_problem_source_known CHECK (source IN ('visit', 'call', 'grid', 'home', 'online', 'meeting', 'advisor', 'superior')),
	compound BLOB,
	building TEXT NOT NULL CONSTRAINT ck_problem_building_length CHECK (length(building) <= 20),
	grid BLOB,
	category TEXT NOT NULL CONSTRAINT ck_problem_category_length CHECK (length(category) <= 40),
	description TEXT NOT NULL CONSTRAINT ck_problem_description_length CHECK (length(description) <= 2000),
	affected INTEGER,
	affected_unit TEXT NOT NULL CONSTRAINT ck_problem_affected_unit_known CHECK (affected_unit IN ('households', 'people')),
	urgency TEXT NOT NULL CONSTRAINT ck_problem_urgency_known CHECK (urgency IN ('normal', 'soon', 'urgent')),
	raiser TEXT NOT NULL CONSTRAINT ck_problem_raiser_length CHECK (length(raiser) <= 60),
	raiser_phone TEXT NOT NULL,
	request BLOB,
	visit BLOB,
	activity BLOB,
	resolution BLOB,
	repeated INTEGER NOT NULL,
	level TEXT NOT NULL CONSTRAINT ck_problem_level_known CHECK (level IN ('building', 'branch', 'community', 'street', 'district')),
	wanted_by TEXT,
	photos TEXT NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_problem_state_known CHECK (state IN ('raised', 'listed', 'claimed', 'closed', 'withdrawn', 'merged')),
	listed_on TEXT,
	turn INTEGER NOT NULL,
	declined TEXT NOT NULL,
	merged_into BLOB,
	closed_on TEXT,
	registered_by BLOB,
	registered_by_name TEXT NOT NULL CONSTRAINT ck_problem_registered_by_name_length CHECK (length(registered_by_name) <= 60),
	steps TEXT NOT NULL,
	remark TEXT NOT NULL CONSTRAINT ck_problem_remark_length CHECK (length(remark) <= 2000),
	photo_count INTEGER NOT NULL,
	CONSTRAINT pk_problem PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_problem_activity ON problem (activity) WHERE deleted_at IS NULL AND activity IS NOT NULL
""",
    """
CREATE INDEX ix_problem_category ON problem (category, raised_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_problem_closed ON problem (closed_on) WHERE deleted_at IS NULL AND state = 'closed'
""",
    """
CREATE INDEX ix_problem_compound ON problem (compound, raised_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_problem_entered ON problem (listed_on) WHERE deleted_at IS NULL AND listed_on IS NOT NULL
""",
    """
CREATE INDEX ix_problem_listed ON problem (raised_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_problem_merged_into ON problem (merged_into) WHERE deleted_at IS NULL AND merged_into IS NOT NULL
""",
    """
CREATE INDEX ix_problem_open ON problem (raised_on, uid) WHERE deleted_at IS NULL AND state IN ('raised', 'listed', 'claimed')
""",
    """
CREATE INDEX ix_problem_request ON problem (request) WHERE deleted_at IS NULL AND request IS NOT NULL
""",
    """
CREATE INDEX ix_problem_state ON problem (state, raised_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_problem_station ON problem (station, raised_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_problem_visit ON problem (visit) WHERE deleted_at IS NULL AND visit IS NOT NULL
""",
    """
CREATE UNIQUE INDEX uq_problem_number ON problem (number)
""",
)

POSTGRESQL = (
    """
CREATE TABLE duty (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	number VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_duty_number_length CHECK (length(number) <= 40),
	problem UUID NOT NULL,
	problem_number VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_duty_problem_number_length CHECK (length(problem_number) <= 40),
	category VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_duty_category_length CHECK (length(category) <= 40),
	compound UUID,
	turn BIGINT NOT NULL,
	offer UUID,
	partner UUID,
	unit VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_duty_unit_length CHECK (length(unit) <= 200),
	person VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_duty_person_length CHECK (length(person) <= 60),
	person_phone TEXT NOT NULL,
	helpers VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_duty_helpers_length CHECK (length(helpers) <= 200),
	level VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_duty_level_known CHECK (level IN ('building', 'branch', 'community', 'street', 'district')),
	due VARCHAR COLLATE "C" NOT NULL,
	measures VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_duty_measures_length CHECK (length(measures) <= 2000),
	amount BIGINT,
	progress TEXT NOT NULL,
	result VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_duty_result_length CHECK (length(result) <= 2000),
	evidence TEXT NOT NULL,
	activities TEXT NOT NULL,
	opinion TEXT,
	extensions TEXT NOT NULL,
	escalations TEXT NOT NULL,
	closings TEXT NOT NULL,
	state VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_duty_state_known CHECK (state IN ('proposed', 'doing', 'to_review', 'closed', 'declined', 'cancelled')),
	proposed_on VARCHAR COLLATE "C" NOT NULL,
	proposed_by UUID,
	proposed_by_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_duty_proposed_by_name_length CHECK (length(proposed_by_name) <= 60),
	accepted_on VARCHAR COLLATE "C",
	submitted_by UUID,
	submitted_by_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_duty_submitted_by_name_length CHECK (length(submitted_by_name) <= 60),
	submitted_on VARCHAR COLLATE "C",
	reviewer UUID,
	reviewer_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_duty_reviewer_name_length CHECK (length(reviewer_name) <= 60),
	reviewer_role VARCHAR COLLATE "C" CONSTRAINT ck_duty_reviewer_role_known CHECK (reviewer_role IN ('second', 'community', 'street', 'resident')),
	confirmation TEXT,
	reviewed_on VARCHAR COLLATE "C",
	closed_on VARCHAR COLLATE "C",
	decline_reason VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_duty_decline_reason_length CHECK (length(decline_reason) <= 500),
	steps TEXT NOT NULL,
	remark VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_duty_remark_length CHECK (length(remark) <= 2000),
	extended BIGINT NOT NULL,
	photo_count BIGINT NOT NULL,
	CONSTRAINT pk_duty PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_duty_category ON duty (category, proposed_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_duty_closed ON duty (closed_on, due) WHERE deleted_at IS NULL AND state = 'closed'
""",
    """
CREATE INDEX ix_duty_compound ON duty (compound, proposed_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_duty_listed ON duty (proposed_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_duty_live ON duty (due, uid) WHERE deleted_at IS NULL AND state IN ('proposed', 'doing', 'to_review')
""",
    """
CREATE INDEX ix_duty_offer ON duty (offer, state) WHERE deleted_at IS NULL AND offer IS NOT NULL
""",
    """
CREATE INDEX ix_duty_partner ON duty (partner, state) WHERE deleted_at IS NULL AND partner IS NOT NULL
""",
    """
CREATE INDEX ix_duty_problem ON duty (problem, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_duty_state ON duty (state, proposed_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_duty_station ON duty (station, proposed_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_duty_unit ON duty (unit, proposed_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE UNIQUE INDEX uq_duty_number ON duty (number)
""",
    """
CREATE TABLE offer (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	number VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_offer_number_length CHECK (length(number) <= 40),
	offered_on VARCHAR COLLATE "C" NOT NULL,
	partner UUID NOT NULL,
	partner_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_offer_partner_name_length CHECK (length(partner_name) <= 200),
	resource VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_offer_resource_length CHECK (length(resource) <= 200),
	category VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_offer_category_length CHECK (length(category) <= 40),
	way VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_offer_way_known CHECK (way IN ('at_home', 'at_station', 'online', 'venue', 'goods', 'money')),
	compounds TEXT NOT NULL,
	from_on VARCHAR COLLATE "C" NOT NULL,
	until_on VARCHAR COLLATE "C",
	weekdays_words VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_offer_weekdays_words_length CHECK (length(weekdays_words) <= 200),
	amount BIGINT,
	unit_word VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_offer_unit_word_length CHECK (length(unit_word) <= 10),
	promised BIGINT NOT NULL CONSTRAINT ck_offer_promised_counts CHECK (promised >= 0) CONSTRAINT ck_offer_promised_is_there CHECK (amount IS NULL OR promised <= amount),
	for_problem UUID,
	agreement UUID,
	state VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_offer_state_known CHECK (state IN ('open', 'withdrawn')),
	registered_by UUID,
	registered_by_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_offer_registered_by_name_length CHECK (length(registered_by_name) <= 60),
	steps TEXT NOT NULL,
	remark VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_offer_remark_length CHECK (length(remark) <= 2000),
	areas VARCHAR COLLATE "C" NOT NULL,
	free BIGINT,
	CONSTRAINT pk_offer PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_offer_agreement ON offer (agreement) WHERE deleted_at IS NULL AND agreement IS NOT NULL
""",
    """
CREATE INDEX ix_offer_for_problem ON offer (for_problem) WHERE deleted_at IS NULL AND for_problem IS NOT NULL
""",
    """
CREATE INDEX ix_offer_listed ON offer (offered_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_offer_matching ON offer (category, free, until_on, for_problem, resource, areas, uid) WHERE deleted_at IS NULL AND state = 'open'
""",
    """
CREATE INDEX ix_offer_partner ON offer (partner, offered_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_offer_station ON offer (station, offered_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE UNIQUE INDEX uq_offer_number ON offer (number)
""",
    """
CREATE TABLE problem (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	number VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_problem_number_length CHECK (length(number) <= 40),
	raised_on VARCHAR COLLATE "C" NOT NULL,
	late_entry SMALLINT NOT NULL,
	source VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_problem_source_known CHECK (source IN ('visit', 'call', 'grid', 'home', 'online', 'meeting', 'advisor', 'superior')),
	compound UUID,
	building VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_problem_building_length CHECK (length(building) <= 20),
	grid UUID,
	category VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_problem_category_length CHECK (length(category) <= 40),
	description VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_problem_description_length CHECK (length(description) <= 2000),
	affected BIGINT,
	affected_unit VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_problem_affected_unit_known CHECK (affected_unit IN ('households', 'people')),
	urgency VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_problem_urgency_known CHECK (urgency IN ('normal', 'soon', 'urgent')),
	raiser VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_problem_raiser_length CHECK (length(raiser) <= 60),
	raiser_phone TEXT NOT NULL,
	request UUID,
	visit UUID,
	activity UUID,
	resolution UUID,
	repeated BIGINT NOT NULL,
	level VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_problem_level_known CHECK (level IN ('building', 'branch', 'community', 'street', 'district')),
	wanted_by VARCHAR COLLATE "C",
	photos TEXT NOT NULL,
	state VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_problem_state_known CHECK (state IN ('raised', 'listed', 'claimed', 'closed', 'withdrawn', 'merged')),
	listed_on VARCHAR COLLATE "C",
	turn BIGINT NOT NULL,
	declined TEXT NOT NULL,
	merged_into UUID,
	closed_on VARCHAR COLLATE "C",
	registered_by UUID,
	registered_by_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_problem_registered_by_name_length CHECK (length(registered_by_name) <= 60),
	steps TEXT NOT NULL,
	remark VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_problem_remark_length CHECK (length(remark) <= 2000),
	photo_count BIGINT NOT NULL,
	CONSTRAINT pk_problem PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_problem_activity ON problem (activity) WHERE deleted_at IS NULL AND activity IS NOT NULL
""",
    """
CREATE INDEX ix_problem_category ON problem (category, raised_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_problem_closed ON problem (closed_on) WHERE deleted_at IS NULL AND state = 'closed'
""",
    """
CREATE INDEX ix_problem_compound ON problem (compound, raised_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_problem_entered ON problem (listed_on) WHERE deleted_at IS NULL AND listed_on IS NOT NULL
""",
    """
CREATE INDEX ix_problem_listed ON problem (raised_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_problem_merged_into ON problem (merged_into) WHERE deleted_at IS NULL AND merged_into IS NOT NULL
""",
    """
CREATE INDEX ix_problem_open ON problem (raised_on, uid) WHERE deleted_at IS NULL AND state IN ('raised', 'listed', 'claimed')
""",
    """
CREATE INDEX ix_problem_request ON problem (request) WHERE deleted_at IS NULL AND request IS NOT NULL
""",
    """
CREATE INDEX ix_problem_state ON problem (state, raised_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_problem_station ON problem (station, raised_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_problem_visit ON problem (visit) WHERE deleted_at IS NULL AND visit IS NOT NULL
""",
    """
CREATE UNIQUE INDEX uq_problem_number ON problem (number)
""",
)
