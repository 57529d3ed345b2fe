# What pods may do in the cloud: each by its own service account, for what it does and nothing else. Everything that is not listed here
# may do nothing.

locals {
  issuer = trimprefix(aws_eks_cluster.this.identity[0].oidc[0].issuer, "https://")
  # By the name of the role: the namespace and the service account that take it.
  pods = {
    backup           = "codeant:backup"
    external-secrets = "codeant:external-secrets"
    disks            = "kube-system:ebs-csi-controller-sa"
  }
}

data "aws_iam_policy_document" "assumed_by_pod" {
  for_each = local.pods

  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.cluster.arn]
    }

    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:sub"
      values   = ["system:serviceaccount:${each.value}"]
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

# Copies are brought, and looked at; none is removed but by the bucket's own rules.
data "aws_iam_policy_document" "backup" {
  statement {
    sid       = "Bucket"
    actions   = ["s3:PutObject", "s3:GetObject", "s3:ListBucket"]
    resources = [aws_s3_bucket.this["backups"].arn, "${aws_s3_bucket.this["backups"].arn}/*"]
  }

  statement {
    sid       = "Key"
    actions   = ["kms:GenerateDataKey", "kms:Decrypt"]
    resources = [aws_kms_key.this["storage"].arn]
  }
}

resource "aws_iam_role_policy" "backup" {
  name   = "bucket"
  role   = aws_iam_role.pod["backup"].id
  policy = data.aws_iam_policy_document.backup.json
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

# Volumes for pods, under our key.
resource "aws_iam_role_policy_attachment" "disks" {
  role       = aws_iam_role.pod["disks"].name
  policy_arn = "arn:${data.aws_partition.this.partition}:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy"
}

data "aws_iam_policy_document" "disks" {
  statement {
    sid       = "Key"
    actions   = ["kms:GenerateDataKeyWithoutPlaintext", "kms:Decrypt", "kms:DescribeKey", "kms:CreateGrant"]
    resources = [aws_kms_key.this["disks"].arn]
  }
}

resource "aws_iam_role_policy" "disks" {
  name   = "key"
  role   = aws_iam_role.pod["disks"].id
  policy = data.aws_iam_policy_document.disks.json
}
