"""What the metadata does not say: aliases, members of undescribed objects, targets and joins that no name tells."""

from __future__ import annotations

from typing import Final

ALIASES: Final = {
    "issue": "OPTASK",
    "customform": "CTGY",
    "customfield": "PARAM",
    "dashboard": "PTLTAB",
    "report": "PTLSEC",
    "reportdefinition": "PTLSEC",
}
"""Names an object type goes by besides its own name and its objCode, in lower case."""

MORE_FIELDS: Final = {
    "LIKE": ("objID", "objObjCode", "userID"),
    "HOURPV": ("ID", "hourID"),
    "AWAPVL": ("approvableObjCode", "approvableObjID"),
}
"""Fields that are not on record and that other members cannot do without."""

MORE_REFERENCES: Final = {"LIKE": {"user": "USER"}}

MORE_COLLECTIONS: Final = {"CTCSRL": {"categoryCascadeRuleMatches": "CTCSRM"}}
"""Collections that clients write and that no metadata at hand lists, and the type of their members."""

WITHOUT_METADATA: Final = frozenset({"accesslevelpermission", "customerinformation"})
"""Names, in lower case, whose metadata is empty, though no object type goes by them."""

NOT_SEARCHED: Final = frozenset({("PROJ", "isTemplate")})
"""Names that are no fields, and that searches refuse as parameters."""

FOUND_BY: Final = {"CUSTPR": "name"}
"""Object types that are not listed, and the field of which a search names a value."""

OWN_ROW: Final = {("PROJ", "project"), ("TASK", "task"), ("OPTASK", "opTask")}
"""References of a row to itself."""

KEYS: Final = {
    ("OPTASK", "parent"): "parentID",
    ("TASK", "primaryAssignment"): "primaryAssignmentID",
    ("TASK", "workItem"): "primaryAssignmentID",
    ("OPTASK", "workItem"): "primaryAssignmentID",
    ("WORK", "workItem"): "primaryAssignmentID",
    ("ASSGN", "workItem"): "ID",
}

ROW_KEYS: Final = {
    "PROJ": "projectID",
    "TASK": "taskID",
    "OPTASK": "opTaskID",
    "USER": "userID",
    "TMPL": "templateID",
    "TTSK": "templateTaskID",
    "DOCU": "documentID",
    "PORT": "portfolioID",
    "PRGM": "programID",
    "CUST": "customerID",
    "CTGY": "categoryID",
    "GROUP": "groupID",
    "ROLE": "roleID",
    "TEAMOB": "teamID",
    "CMPY": "companyID",
    "PARAM": "parameterID",
    "TSHET": "timesheetID",
    "ITRN": "iterationID",
    "NOTE": "noteID",
    "SCHED": "scheduleID",
    "BLIN": "baselineID",
    "BILL": "billingRecordID",
    "ARVPRC": "approvalProcessID",
    "ARVPTH": "approvalPathID",
    "ARVSTP": "approvalStepID",
    "MPATH": "milestonePathID",
    "QUED": "queueDefID",
    "SCORE": "scoreCardID",
    "SCOREQ": "scoreCardQuestionID",
    "RSPOOL": "resourcePoolID",
    "PTLSEC": "portalSectionID",
    "PTLTAB": "portalTabID",
    "DOCFDR": "folderID",
    "ACSLVL": "accessLevelID",
    "CALSEC": "calendarSectionID",
    "ASSGN": "assignmentID",
    "HOUR": "hourID",
    "EXPNS": "expenseID",
}
"""The field in which any other rows hold the ID of a row of this type."""

OWNER_KEYS: Final = {
    "ACSRUL": "securityObjID",
    "OBJCAT": "objID",
    "OBJINT": "objID",
    "LIKE": "objID",
    "UPDATE": "refObjID",
    "ARVSTS": "approvableObjID",
    "AWAPVL": "approvableObjID",
    "RESVT": "userID",
    "SCANS": "objID",
    "FVRITE": "userID",
    "USERPF": "userID",
    "NTAG": "noteID",
    "CATACR": "categoryID",
}
"""The field of a member that holds its owner's ID, whatever the owner is."""

COLLECTION_KEYS: Final = {
    ("CTCSRL", "categoryCascadeRuleMatches"): "categoryCascadeRuleID",
    ("TASK", "predecessors"): "successorID",
    ("TASK", "successors"): "predecessorID",
    ("TTSK", "predecessors"): "successorID",
    ("TTSK", "successors"): "predecessorID",
    ("TASK", "resolvables"): "resolveTaskID",
    ("OPTASK", "resolvables"): "resolveOpTaskID",
    ("PROJ", "resolvables"): "resolveProjectID",
    ("PROJ", "allHours"): "projectID",
    ("USER", "directReports"): "managerID",
    ("USER", "messages"): "userID",
    ("USER", "workItems"): "userID",
    ("USER", "delegationsFrom"): "fromUserID",
    ("NOTE", "replies"): "parentNoteID",
    ("JRNLE", "replies"): "parentJournalEntryID",
    ("UPDATE", "replies"): "parentNoteID",
    ("TEAMOB", "backlogTasks"): "teamID",
    ("TASK", "openOpTasks"): "sourceTaskID",
    ("TASK", "opTasks"): "sourceTaskID",
    ("TMPL", "templateUserRoles"): "templateID",
    ("ANCMNT", "announcementRecipients"): "announcementID",
    ("ANCMNT", "attachments"): "announcementID",
    ("AUDS", "notes"): "auditRecordID",
    ("ENDR", "replies"): "parentEndorsementID",
    ("ENDR", "shares"): "endorsementID",
    ("PTLSEC", "lastViewers"): "reportID",
    ("PTLSEC", "portalTabSections"): "internalSectionID",
    ("LYTMPL", "linkedRoles"): "layoutTemplateID",
    ("LYTMPL", "linkedTeams"): "layoutTemplateID",
    ("LYTMPL", "linkedUsers"): "layoutTemplateID",
}
"""The field of a collection's members that holds the owner's ID, where no rule finds it."""

MIRRORS: Final = {
    ("DOCFDR", "documents"): "folderIDs",
    ("HOURT", "users"): "hourTypeIDs",
    ("RSPL", "users"): "resourcePoolIDs",
}
"""Collections that are kept on the other side: the field of a member that lists the IDs of its owners."""

OPEN_COLLECTIONS: Final = frozenset({"openOpTasks"})
"""Collections of what is not done yet."""

THROUGH: Final = {
    ("USER", "teams"): ("TEAMMB", "userID", "teamID"),
    ("TEAMOB", "users"): ("TEAMMB", "teamID", "userID"),
    ("PROJ", "roles"): ("PTEAM", "projectID", "roleID"),
    ("TMPL", "roles"): ("TTEAM", "templateID", "roleID"),
    ("USER", "projects"): ("PRTU", "userID", "projectID"),
    ("PROJ", "favoritedByUsers"): ("FVRITE", "objID", "userID"),
    ("TASK", "favoritedByUsers"): ("FVRITE", "objID", "userID"),
    ("OPTASK", "favoritedByUsers"): ("FVRITE", "objID", "userID"),
}
"""Collections that lead through rows of a third type: that type, its field for the owner, its field for the member."""

WORK: Final = ("TASK", "OPTASK")
"""What people are assigned to: tasks and issues."""

VIEWS: Final = {"WORK": WORK, "UPDATE": ("NOTE", "JRNLE")}
"""Object types without rows of their own: those of others, seen as one."""

NOT_COMPUTED_COLLECTIONS: Final = frozenset({("UPDATE", "combinedUpdates"), ("UPDATE", "nestedUpdates")})
"""Collections whose members depend on what is on record nowhere: which updates are shown as one."""

ENUM_COLLECTIONS: Final = ("allConditions", "allPriorities", "allSeverities", "allStatuses", "doneStatuses")

NOT_COMPUTED_CODES: Final = {
    "costType": frozenset({"URH"}),
    "revenueType": frozenset({"URH", "URC", "URF"}),
}
"""Codes that a field has and that nothing is computed from: rates by a hierarchy of users and roles."""

ENUM_CLASSES: Final = {
    ("PROJ", "status"): "STATUS_PROJ",
    ("TASK", "status"): "STATUS_TASK",
    ("OPTASK", "status"): "STATUS_OPTASK",
    ("PROJ", "condition"): "CONDITION_PROJ",
    ("TASK", "condition"): "CONDITION_TASK",
    ("OPTASK", "condition"): "CONDITION_OPTASK",
    ("PROJ", "priority"): "PRIORITY_PROJ",
    ("TASK", "priority"): "PRIORITY_TASK",
    ("OPTASK", "priority"): "PRIORITY_OPTASK",
    ("TTSK", "priority"): "PRIORITY_TEMPLATETASK",
    ("OPTASK", "severity"): "SEVERITY_OPTASK",
}
"""Fields whose codes a tenant may add to, and the class its custom enums carry for them."""

DEFAULT_FIELDS: Final = {
    "PROJ": (
        "percentComplete",
        "plannedCompletionDate",
        "plannedStartDate",
        "priority",
        "projectedCompletionDate",
        "status",
    ),
    "TASK": (
        "percentComplete",
        "plannedCompletionDate",
        "plannedStartDate",
        "priority",
        "progressStatus",
        "projectedCompletionDate",
        "projectedStartDate",
        "status",
        "taskNumber",
        "wbs",
    ),
    "OPTASK": ("percentComplete", "plannedCompletionDate", "plannedStartDate", "priority", "status"),
    "ROLE": ("description", "maxUsers"),
    "HOUR": ("entryDate", "hours", "status"),
    "USER": ("emailAddr", "firstName", "lastName", "title"),
    "DOCU": ("description", "lastModDate"),
    "NOTE": ("noteText", "entryDate"),
    "CSTEM": ("value", "label", "color", "equatesWith"),
}
"""What a row shows when no ``fields`` are asked, besides ID, name and objCode."""

WRITES_WITH_EFFECT: Final = frozenset(
    {
        ("DOCU", "handle"),
        ("DOCU", "folderIDs"),
        ("DOCU", "fileType"),
        ("USER", "password"),
        ("TASK", "predecessorExpression"),
    }
)
"""Fields that are written and never read, and whose consequence is computed."""

_OF_WORK_ITEMS: Final = (
    "assignmentID", "doneDate", "isDead", "isDone", "lastViewedDate", "objID", "objObjCode", "opTaskID", "priority",
    "projectID", "referenceObjectCommitDate", "referenceObjectName", "snoozeDate", "taskID", "userID",
)  # fmt: skip

PROOFING: Final = frozenset({("DOCU", "createProof"), ("DOCU", "advancedProofingOptions")})
"""Fields that ask for a proof, and read null whatever was written."""

WRITES_WITHOUT_EFFECT: Final = frozenset(
    {
        ("TASK", "levelingStartDelay"),
        ("TASK", "levelingStartDelayExpression"),
        ("TASK", "levelingStartDelayMinutes"),
        ("TASK", "parentLag"),
        ("TASK", "parentLagType"),
        ("TASK", "workEffort"),
        *(("WRKITM", name) for name in _OF_WORK_ITEMS),
        ("USER", "scheduledDeactivationDate"),
        *PROOFING,
    }
)
"""Fields that can be read as well, but are written for what the service does by them later, which is not computed."""

WITHOUT_ID: Final = frozenset({"CSTEM"})
"""Object types that show their ID only when asked."""

DONE: Final = {"TASK": ("CPL",), "OPTASK": ("CLS", "RLV", "CND", "VCP", "WTR"), "PROJ": ("CPL",)}
"""Statuses that mean a row is done."""
