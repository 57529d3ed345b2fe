# What pods may do in the cloud: each by its own service account, for what it does and nothing else. Everything that is not listed here
# may do nothing.

locals {
  issuer = trimprefix(aws_eks_cluster.this.identity[0].oidc[0].issuer, "https://")
  # Service accounts of the namespace `codeant`, and what each does with which bucket.
  pods = {
    backup = { bucket = "backups", actions = ["s3:PutObject", "s3:GetObject", "s3:ListBucket"] }
    batch  = { bucket = "results", actions = ["s3:PutObject", "s3:GetObject", "s3:ListBucket"] }
  }
}

data "aws_iam_policy_document" "assumed_by_pod" {
  for_each = toset(concat(keys(local.pods), ["external-secrets"]))

  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.cluster.arn]
    }

    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:sub"
      values   = ["system:serviceaccount:codeant:${each.key}"]
    }

    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:aud"
      values   = ["sts.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "pod" {
  for_each             = data.aws_iam_policy_document.assumed_by_pod
  name                 = "${local.name}-${each.key}"
  assume_role_policy   = each.value.json
  max_session_duration = 3600
}

data "aws_iam_policy_document" "bucket_user" {
  for_each = local.pods

  statement {
    sid       = "Bucket"
    actions   = each.value.actions
    resources = [aws_s3_bucket.this[each.value.bucket].arn, "${aws_s3_bucket.this[each.value.bucket].arn}/*"]
  }

  statement {
    sid       = "Key"
    actions   = ["kms:GenerateDataKey", "kms:Decrypt"]
    resources = [aws_kms_key.this["storage"].arn]
  }
}

resource "aws_iam_role_policy" "bucket_user" {
  for_each = local.pods
  name     = "bucket"
  role     = aws_iam_role.pod[each.key].id
  policy   = data.aws_iam_policy_document.bucket_user[each.key].json
}

# Secrets come from Secrets Manager into the cluster by the External Secrets Operator, so that none is written by hand.
data "aws_iam_policy_document" "secrets" {
  statement {
    sid     = "Read"
    actions = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
    resources = [
      "arn:${data.aws_partition.this.partition}:secretsmanager:${var.region}:${local.account}:secret:codeant/${var.environment}/*",
      aws_db_instance.this.master_user_secret[0].secret_arn,
    ]
  }

  statement {
    sid       = "Key"
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.this["database"].arn]
  }
}

resource "aws_iam_role_policy" "secrets" {
  name   = "secrets"
  role   = aws_iam_role.pod["external-secrets"].id
  policy = data.aws_iam_policy_document.secrets.json
}
