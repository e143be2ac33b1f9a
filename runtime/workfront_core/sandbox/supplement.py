"""What the metadata does not say: aliases, members of undescribed objects, targets and joins that no name tells."""

from __future__ import annotations

from typing import Final

ALIASES: Final = {
    "issue": "OPTASK",
    "customform": "CTGY",
    "customfield": "PARAM",
    "dashboard": "PTLTAB",
    "reportdefinition": "PTLSEC",
}
"""Names an object type goes by besides its own name and its objCode, in lower case."""

MORE_FIELDS: Final = {
    "OBJCAT": ("ID", "objID", "objObjCode", "categoryID", "categoryOrder"),
    "CATACR": ("ID", "categoryID", "accessorID", "accessorObjCode"),
    "LIKE": ("ID", "objID", "objObjCode", "userID"),
    "HOURPV": ("ID", "hourID"),
    "AWAPVL": ("ID", "approvableObjCode", "approvableObjID", "userID", "entryDate"),
    "ACSREQ": ("ID", "requestedObjID", "requestedObjCode", "requestorID", "grantorID", "status"),
    "SCHREP": ("ID", "name"),
    "USRDEL": ("ID", "fromUserID", "toUserID"),
    "DOCREQ": ("ID", "description", "status"),
}
"""Fields of object types whose members are not on record, where other members cannot do without them."""

MORE_REFERENCES: Final = {"OBJCAT": {"category": "CTGY"}, "LIKE": {"user": "USER"}, "AWAPVL": {"user": "USER"}}

OWN_ROW: Final = {("PROJ", "project"), ("TASK", "task"), ("OPTASK", "opTask")}
"""References of a row to itself."""

KEYS: Final = {("OPTASK", "parent"): "parentID", ("TASK", "primaryAssignment"): "primaryAssignmentID"}

TARGETS: Final = {
    ("WORK", "parent"): "TASK",
    ("ACSLVL", "accessLevelPermissions"): "ALVPER",
    ("ACSLVL", "accessRulePreferences"): "ARPREF",
    ("ARVPTH", "approvalSteps"): "ARVSTP",
    ("ARVSTP", "stepApprovers"): "SPAPVR",
    ("BILL", "billableTasks"): "TASK",
    ("BLIN", "baselineTasks"): "BSTSK",
    ("CALSEC", "filters"): "UIFT",
    ("CUST", "approvalProcesses"): "ARVPRC",
    ("CUST", "categories"): "CTGY",
    ("CUST", "customEnums"): "CSTEM",
    ("CUST", "expenseTypes"): "EXPTYP",
    ("CUST", "layoutTemplates"): "LYTMPL",
    ("CUST", "milestonePaths"): "MPATH",
    ("CUST", "parameterGroups"): "PGRP",
    ("CUST", "parameters"): "PARAM",
    ("CUST", "riskTypes"): "RSKTYP",
    ("CUST", "schedules"): "SCHED",
    ("CUST", "scoreCards"): "SCORE",
    ("MPATH", "milestones"): "MILE",
    ("PARAM", "parameterOptions"): "POPT",
    ("QUED", "queueTopics"): "QUET",
    ("QUED", "defaultApprovalProcess"): "ARVPRC",
    ("QUED", "defaultCategory"): "CTGY",
    ("QUED", "defaultRoute"): "RRUL",
    ("RSPOOL", "resourceAllocations"): "RSAL",
    ("SCHED", "nonWorkDays"): "NONWKD",
    ("SCORE", "scoreCardQuestions"): "SCOREQ",
    ("SCOREQ", "scoreCardOptions"): "SCOPT",
    ("TTSK", "children"): "TTSK",
    ("WORK", "children"): "TASK",
    ("APPROVAL", "parent"): "TASK",
    ("APPROVAL", "children"): "TASK",
}
"""Targets of relations for which the metadata names none."""

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
}
"""The field of a collection's members that holds the owner's ID, where no rule finds it."""

THROUGH: Final = {
    ("USER", "teams"): ("TEAMMB", "userID", "teamID"),
    ("TEAMOB", "users"): ("TEAMMB", "teamID", "userID"),
    ("PROJ", "roles"): ("PTEAM", "projectID", "roleID"),
    ("TMPL", "roles"): ("TTEAM", "templateID", "roleID"),
}
"""Collections that lead through rows of a third type: that type, its field for the owner, its field for the member."""

VIEWS: Final = {"WORK": ("TASK", "OPTASK")}
"""Object types without rows of their own: those of others, seen as one."""

ENUM_COLLECTIONS: Final = ("allConditions", "allPriorities", "allSeverities", "allStatuses", "doneStatuses")

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
    "CSTEM": ("value", "label", "color", "equatesWith", "groupID"),
}
"""What a row shows when no ``fields`` are asked, besides ID, name and objCode."""

WITHOUT_ID: Final = frozenset({"CSTEM"})
"""Object types that show their ID only when asked."""
