# Two buckets: copies of the database, and results of batch jobs. Nobody outside of the project, and nothing that is overwritten or
# removed is gone before its time.

locals {
  buckets = {
    # After a month a copy is seldom wanted.
    backups = { days = var.backup_days, cold_after = 30 }
    results = { days = 90, cold_after = 30 }
  }
}

resource "google_storage_bucket" "this" {
  for_each = local.buckets
  # Names are the whole world's.
  name                        = "${var.project}-${local.name}-${each.key}"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = false

  versioning {
    enabled = true
  }

  encryption {
    default_kms_key_name = google_kms_crypto_key.this["storage"].id
  }

  # What was removed by mistake can be had back for two weeks.
  soft_delete_policy {
    retention_duration_seconds = 1209600
  }

  lifecycle_rule {
    action {
      type = "Delete"
    }

    condition {
      age = each.value.days
    }
  }

  lifecycle_rule {
    action {
      type = "Delete"
    }

    condition {
      days_since_noncurrent_time = 14
    }
  }

  lifecycle_rule {
    action {
      type          = "SetStorageClass"
      storage_class = "NEARLINE"
    }

    condition {
      age = each.value.cold_after
    }
  }

  depends_on = [google_kms_crypto_key_iam_member.this]
}
