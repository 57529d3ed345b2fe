# What pods may do in the cloud: each by its own service account, for what it does and nothing else.

locals {
  # By the end of the account's name, which has thirty letters at most: the service account of the namespace `codeant`.
  pods = {
    backup  = "backup"
    secrets = "external-secrets"
  }
}

resource "google_service_account" "pod" {
  for_each     = local.pods
  account_id   = "${local.name}-${each.key}"
  display_name = "CodeAnt ${var.environment}: ${each.key}"
}

resource "google_service_account_iam_member" "pod" {
  for_each           = local.pods
  service_account_id = google_service_account.pod[each.key].name
  role               = "roles/iam.workloadIdentityUser"
  member             = "serviceAccount:${var.project}.svc.id.goog[codeant/${each.value}]"
  depends_on         = [google_container_cluster.this]
}

# Copies are brought, and looked at; none is removed but by the bucket's own rules.
resource "google_storage_bucket_iam_member" "backup" {
  for_each = toset(["roles/storage.objectCreator", "roles/storage.objectViewer"])
  bucket   = google_storage_bucket.this["backups"].name
  role     = each.key
  member   = "serviceAccount:${google_service_account.pod["backup"].email}"
}

# Secrets that the External Secrets Operator brings into the cluster: these, and only to read. What is in them comes by hand.
resource "google_secret_manager_secret" "this" {
  for_each  = toset(["backup-key", "chat", "gateway", "inference", "offsite", "valkey", "weights-trust"])
  secret_id = "${local.name}-${each.key}"

  replication {
    user_managed {
      replicas {
        location = var.region
      }
    }
  }
}

resource "google_secret_manager_secret_iam_member" "this" {
  for_each  = google_secret_manager_secret.this
  secret_id = each.value.id
  role      = "roles/secretmanager.secretAccessor"
  member    = "serviceAccount:${google_service_account.pod["secrets"].email}"
}
