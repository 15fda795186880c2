"""What this app takes from returns: children, their referrals and assessments."""

from config.imports import Part

from .children import census_children, extract_children, extract_disabilities, extract_pupils
from .involvements import extract_involvements
from .referrals import census_referrals, extract_assessments, extract_referrals

PARTS = [
    Part("CIN", "Message/Children/Child", "LAchildID", census_children, repeated="8510"),
    Part("CIN", "Message/Children/Child", "LAchildID", census_referrals),
    Part("SSD", "ssd_person", "pers_person_id", extract_children),
    Part("SSD", "ssd_send", "send_table_id", extract_pupils),
    Part("SSD", "ssd_disability", "disa_table_id", extract_disabilities),
    Part("SSD", "ssd_cin_episodes", "cine_referral_id", extract_referrals),
    Part("SSD", "ssd_cin_assessments", "cina_assessment_id", extract_assessments),
    Part("SSD", "ssd_involvements", "invo_involvements_id", extract_involvements),
    Part("SSD", "ssd_s47_enquiry", "s47e_s47_enquiry_id"),
]

NOT_KEPT = {
    "CIN": {
        "FormerUPN",
        "DateOfInitialCPC",
        "AssessmentInternalReviewDate",
        "FactorsIdentifiedAtAssessment",
        "CINPlanDates",
        "Section47",
    },
    "SSD": {
        "pers_gender",
        "pers_common_child_id",
        "pers_legacy_id",
        "pers_send_flag",
        "pers_is_mother",
        "pers_nationality",
        "send_uln",
        "send_upn_unknown",
        "cine_referral_source_desc",
        "cine_referral_outcome_json",
        "cine_referral_team",
        "cine_referral_worker_id",
        "cina_person_id",
        "cina_assessment_child_seen",
        "cina_assessment_outcome_json",
        "cina_assessment_outcome_nfa",
        "cina_assessment_team",
        "cina_assessment_worker_id",
        "invo_worker_change_reason",
        "invo_referral_id",
    },
}
