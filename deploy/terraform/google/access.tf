# What pods may do in the cloud: each by its own service account, for what it does and nothing else.

locals {
  # Service accounts of the namespace `codeant`, and what each does with which bucket.
  pods = {
    backup = { bucket = "backups", roles = ["roles/storage.objectCreator", "roles/storage.objectViewer"] }
    batch  = { bucket = "results", roles = ["roles/storage.objectCreator", "roles/storage.objectViewer"] }
  }
  bucket_roles = merge([
    for name, it in local.pods : { for role in it.roles : "${name} ${role}" => { pod = name, bucket = it.bucket, role = role } }
  ]...)
}

resource "google_service_account" "pod" {
  for_each     = toset(concat(keys(local.pods), ["external-secrets"]))
  account_id   = "${local.name}-${each.key}"
  display_name = "CodeAnt ${var.environment}: ${each.key}"
}

resource "google_service_account_iam_member" "pod" {
  for_each           = google_service_account.pod
  service_account_id = each.value.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "serviceAccount:${var.project}.svc.id.goog[codeant/${each.key}]"
  depends_on         = [google_container_cluster.this]
}

resource "google_storage_bucket_iam_member" "pod" {
  for_each = local.bucket_roles
  bucket   = google_storage_bucket.this[each.value.bucket].name
  role     = each.value.role
  member   = "serviceAccount:${google_service_account.pod[each.value.pod].email}"
}

# Secrets that the External Secrets Operator brings into the cluster: these, and only to read. What is in them comes by hand.
resource "google_secret_manager_secret" "this" {
  for_each  = toset(["chat", "gateway", "inference", "offsite", "valkey"])
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
  member    = "serviceAccount:${google_service_account.pod["external-secrets"].email}"
}
