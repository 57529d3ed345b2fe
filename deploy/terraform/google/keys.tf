# A key for each purpose, turned every ninety days, that cannot be removed by mistake. Google's own services may use the one that is
# meant for them, and no other.

data "google_project" "this" {}

locals {
  purposes = {
    database = "service-${data.google_project.this.number}@gcp-sa-cloud-sql.iam.gserviceaccount.com"
    storage  = "service-${data.google_project.this.number}@gs-project-accounts.iam.gserviceaccount.com"
    cluster  = "service-${data.google_project.this.number}@container-engine-robot.iam.gserviceaccount.com"
    disks    = "service-${data.google_project.this.number}@compute-system.iam.gserviceaccount.com"
  }
}

resource "google_kms_key_ring" "this" {
  name     = local.name
  location = var.region
}

resource "google_kms_crypto_key" "this" {
  for_each        = local.purposes
  name            = each.key
  key_ring        = google_kms_key_ring.this.id
  rotation_period = "7776000s"

  lifecycle {
    # What was written with it could never be read again.
    prevent_destroy = true
  }
}

resource "google_kms_crypto_key_iam_member" "this" {
  for_each      = local.purposes
  crypto_key_id = google_kms_crypto_key.this[each.key].id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = "serviceAccount:${each.value}"
}
