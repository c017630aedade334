# Two commands: make run, make test. The rest is listed by make alone.
.DEFAULT_GOAL := help
.PHONY: help run setup test fmt docs bench torture shots lock

PYTHON ?= python3
READY := $(PYTHON) scripts/prepare.py
RONGBIAO := .venv/bin/rongbiao
DEMO ?= 1

help: ## 列出这些命令
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' Makefile

run: ## 准备一切并启动平台：http://127.0.0.1:8000（DEMO=0 不要演示数据）
	@$(READY) run
	@exec $(RONGBIAO) serve --prepare $(if $(filter 0,$(DEMO)),,--demo)

test: ## 跑所有会失败的检查：单元、故事、浏览器、PostgreSQL、类型、规范
	@$(READY) test
	@.venv/bin/python scripts/test.py

setup: ## 只准备开发环境，不启动
	@$(READY) test

fmt: ## 整理代码格式
	@$(READY) test
	@.venv/bin/ruff format -q . && .venv/bin/ruff check -q --fix .

docs: ## 由代码生成参考文档和界面词表
	@$(READY) test
	@.venv/bin/python scripts/docs.py

bench: ## 量各项性能，并排比较
	@$(READY) test
	@.venv/bin/python scripts/bench.py

torture: ## 折磨：随机杀进程、断电、读变异文件，报告写入 var/torture.md（TIMES=20 少做几次）
	@$(READY) test
	@.venv/bin/python scripts/torture.py

shots: ## 给主要页面拍照（var/shots）
	@$(READY) test
	@.venv/bin/python scripts/shots.py

lock: ## 重新锁定依赖（需要 uv）
	@uv pip compile -q --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 pyproject.toml -o requirements.lock
	@uv pip compile -q --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	@uv pip compile -q --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 requirements-node.in -o requirements-node.lock
