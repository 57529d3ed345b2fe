# Four kinds of subnets in each zone: one that the internet reaches (load balancers and ways out, nothing else), one for machines that
# only reach out, one for the database and one for the way to the buckets, which have no way out at all. Of a network 10.10.0.0/16 the
# database has 10.10.0.0/24 and the way to the buckets 10.10.2.0/24, as network policies of deploy/kubernetes/overlays have it.

locals {
  name  = "codeant-${var.environment}"
  zones = { for index, zone in var.zones : zone => index }
  # Which zones have a way out of their own.
  ways_out = var.way_out_per_zone ? local.zones : { (var.zones[0]) = 0 }
}

resource "aws_vpc" "this" {
  cidr_block           = var.network
  enable_dns_support   = true
  enable_dns_hostnames = true
  tags                 = { Name = local.name }
}

# What is put nowhere in particular reaches nothing.
resource "aws_default_security_group" "this" {
  vpc_id = aws_vpc.this.id
  tags   = { Name = "${local.name}-nothing" }
}

resource "aws_subnet" "public" {
  for_each          = local.zones
  vpc_id            = aws_vpc.this.id
  availability_zone = each.key
  cidr_block        = cidrsubnet(var.network, 8, each.value + 4)
  tags = {
    Name                     = "${local.name}-public-${each.key}"
    "kubernetes.io/role/elb" = "1"
  }
}

resource "aws_subnet" "private" {
  for_each          = local.zones
  vpc_id            = aws_vpc.this.id
  availability_zone = each.key
  # Each pod takes an address: 4,094 in each zone.
  cidr_block = cidrsubnet(var.network, 4, each.value + 1)
  tags = {
    Name                              = "${local.name}-private-${each.key}"
    "kubernetes.io/role/internal-elb" = "1"
  }
}

resource "aws_subnet" "database" {
  for_each          = local.zones
  vpc_id            = aws_vpc.this.id
  availability_zone = each.key
  cidr_block        = cidrsubnet(var.network, 10, each.value)
  tags              = { Name = "${local.name}-database-${each.key}" }
}

resource "aws_subnet" "storage" {
  for_each          = local.zones
  vpc_id            = aws_vpc.this.id
  availability_zone = each.key
  cidr_block        = cidrsubnet(var.network, 10, each.value + 8)
  tags              = { Name = "${local.name}-storage-${each.key}" }
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id
  tags   = { Name = local.name }
}

resource "aws_eip" "way_out" {
  for_each = local.ways_out
  domain   = "vpc"
  tags     = { Name = "${local.name}-${each.key}" }
}

resource "aws_nat_gateway" "this" {
  for_each      = local.ways_out
  allocation_id = aws_eip.way_out[each.key].id
  subnet_id     = aws_subnet.public[each.key].id
  tags          = { Name = "${local.name}-${each.key}" }
  depends_on    = [aws_internet_gateway.this]
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id
  tags   = { Name = "${local.name}-public" }
}

resource "aws_route" "public" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this.id
}

resource "aws_route_table_association" "public" {
  for_each       = local.zones
  subnet_id      = aws_subnet.public[each.key].id
  route_table_id = aws_route_table.public.id
}

resource "aws_route_table" "private" {
  for_each = local.zones
  vpc_id   = aws_vpc.this.id
  tags     = { Name = "${local.name}-private-${each.key}" }
}

resource "aws_route" "private" {
  for_each               = local.zones
  route_table_id         = aws_route_table.private[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[var.way_out_per_zone ? each.key : var.zones[0]].id
}

resource "aws_route_table_association" "private" {
  for_each       = local.zones
  subnet_id      = aws_subnet.private[each.key].id
  route_table_id = aws_route_table.private[each.key].id
}

# Without a route: neither out nor in, but within the network.
resource "aws_route_table" "database" {
  vpc_id = aws_vpc.this.id
  tags   = { Name = "${local.name}-database" }
}

resource "aws_route_table_association" "storage" {
  for_each       = local.zones
  subnet_id      = aws_subnet.storage[each.key].id
  route_table_id = aws_route_table.database.id
}

resource "aws_route_table_association" "database" {
  for_each       = local.zones
  subnet_id      = aws_subnet.database[each.key].id
  route_table_id = aws_route_table.database.id
}

# Copies and results go to the buckets without leaving Amazon's network, by addresses that a network policy can name.
resource "aws_vpc_endpoint" "storage" {
  vpc_id              = aws_vpc.this.id
  service_name        = "com.amazonaws.${var.region}.s3"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [for it in aws_subnet.storage : it.id]
  security_group_ids  = [aws_security_group.storage.id]
  private_dns_enabled = true
  tags                = { Name = "${local.name}-storage" }

  dns_options {
    private_dns_only_for_inbound_resolver_endpoint = false
  }
}

resource "aws_security_group" "storage" {
  name        = "${local.name}-storage"
  description = "The way to the buckets, from this network only"
  vpc_id      = aws_vpc.this.id
  tags        = { Name = "${local.name}-storage" }
}

resource "aws_vpc_security_group_ingress_rule" "storage" {
  security_group_id = aws_security_group.storage.id
  description       = "Machines and pods"
  cidr_ipv4         = var.network
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

# Who spoke with whom, and who was turned away.
resource "aws_flow_log" "this" {
  vpc_id               = aws_vpc.this.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.network.arn
  iam_role_arn         = aws_iam_role.flow_log.arn
  tags                 = { Name = local.name }
}

resource "aws_cloudwatch_log_group" "network" {
  name              = "/codeant/${var.environment}/network"
  retention_in_days = 90
  kms_key_id        = aws_kms_key.this["logs"].arn
}

resource "aws_iam_role" "flow_log" {
  name               = "${local.name}-flow-log"
  assume_role_policy = data.aws_iam_policy_document.assumed_by["vpc-flow-logs"].json
}

resource "aws_iam_role_policy" "flow_log" {
  name   = "write"
  role   = aws_iam_role.flow_log.id
  policy = data.aws_iam_policy_document.flow_log.json
}

data "aws_iam_policy_document" "flow_log" {
  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
    resources = ["${aws_cloudwatch_log_group.network.arn}:*"]
  }
}
