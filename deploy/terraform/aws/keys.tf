# A key for each purpose, so that whoever may read one kind of thing cannot read the others. All are turned every year.

data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

locals {
  purposes = {
    database = "the database and its copies by Amazon"
    storage  = "copies of the database and results of batch jobs in buckets"
    cluster  = "the cluster's secrets"
    disks    = "the disks of machines"
    logs     = "logs"
  }
  account = data.aws_caller_identity.this.account_id
}

resource "aws_kms_key" "this" {
  for_each                = local.purposes
  description             = "CodeAnt ${var.environment}: ${each.value}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.key[each.key].json
}

resource "aws_kms_alias" "this" {
  for_each      = local.purposes
  name          = "alias/${local.name}-${each.key}"
  target_key_id = aws_kms_key.this[each.key].key_id
}

data "aws_iam_policy_document" "key" {
  for_each = local.purposes

  # The account says who may use it; without this, nobody could ever again.
  statement {
    sid       = "Account"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.this.partition}:iam::${local.account}:root"]
    }
  }

  dynamic "statement" {
    for_each = each.key == "logs" ? [1] : []

    content {
      sid       = "Logs"
      actions   = ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
      resources = ["*"]

      principals {
        type        = "Service"
        identifiers = ["logs.${var.region}.amazonaws.com"]
      }

      condition {
        test     = "ArnLike"
        variable = "kms:EncryptionContext:aws:logs:arn"
        values   = ["arn:${data.aws_partition.this.partition}:logs:${var.region}:${local.account}:log-group:*"]
      }
    }
  }

  dynamic "statement" {
    for_each = each.key == "disks" ? [1] : []

    content {
      sid = "Machines"
      actions = [
        "kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey", "kms:CreateGrant",
      ]
      resources = ["*"]

      principals {
        type = "AWS"
        identifiers = [
          "arn:${data.aws_partition.this.partition}:iam::${local.account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
        ]
      }
    }
  }
}

# Who may take which role of those that Amazon's own services need.
data "aws_iam_policy_document" "assumed_by" {
  for_each = toset(["vpc-flow-logs", "eks", "ec2", "monitoring.rds"])

  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["${each.key}.amazonaws.com"]
    }
  }
}
