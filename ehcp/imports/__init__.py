"""What this app takes from returns: EHC requests, the decisions on them, and the plans."""

from config.imports import Part

from .people import census_people
from .sen2 import census_requests
from .ssd import extract_assessments, extract_plans, extract_requests

PARTS = [
    Part("SEN2", "Message/Persons/Person", "UPN", census_people),
    Part("SEN2", "Message/Persons/Person", "UPN", census_requests),
    Part("SSD", "ssd_ehcp_requests", "ehcr_ehcp_request_id", extract_requests),
    Part("SSD", "ssd_ehcp_assessment", "ehca_ehcp_assessment_id", extract_assessments),
    Part("SSD", "ssd_ehcp_named_plan", "ehcn_named_plan_id", extract_plans),
    Part("SSD", "ssd_sen_need", "senn_table_id"),
]

NOT_KEPT = {
    "SEN2": {
        "PostCode",
        "RYA",
        "RequestOutcomeDate",
        "AssessmentOutcomeDate",
        "CeaseDate",
        "CeaseReason",
        "StartDate",
        "SENtype",
        "SENtypeRank",
        "RequestMediation",
        "RequestTribunal",
        "Exported",
        "AssessmentMediation",
        "AssessmentTribunal",
        "OtherMediation",
        "OtherTribunal",
        "PlanDetail",
        "PlanRes",
        "PlanWBP",
        "PB",
        "OA",
        "DP",
        "TransferLA",
        "PlacementDetail",
        "ReviewMeeting",
        "ReviewOutcome",
        "LastReview",
    },
    "SSD": {
        "ehcr_ehcp_req_outcome_date",
        "ehca_ehcp_assessment_outcome_date",
        "ehcn_named_plan_start_date",
    },
}
